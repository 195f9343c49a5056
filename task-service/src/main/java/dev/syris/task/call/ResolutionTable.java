package dev.syris.task.call;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.tool.ToolCallStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The SQL of settling calls by hand. */
final class ResolutionTable {

  private static final String FIND = "select * from task.tool_call where tool_call_id = :id";

  private static final String LOCK =
      """
      select status, extract(epoch from lease_until - now()) * 1000 as left_ms
        from task.tool_call where tool_call_id = :id for update
      """;

  private static final String SETTLE =
      """
      update task.tool_call
         set status = :status, output = :output::json, error = :error::json, ended_at = :now
       where tool_call_id = :id
      """;

  private static final String RECEIVE_AGAIN =
      "update task.tool_call set status = 'received', error = null where tool_call_id = :id";

  private static final String SHOW = "select body from api.tool_call where tool_call_id = :id";

  private final JdbcClient jdbc;

  ResolutionTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A call as it is.
   *
   * @param leftMs how much longer it may still be running somewhere
   */
  record Found(ToolCallStatus status, long leftMs) {}

  Optional<ToolCallRequest> find(UUID id) {
    return jdbc.sql(FIND).param("id", id).query(CallRows::asked).optional();
  }

  Found lock(UUID id) {
    return jdbc.sql(LOCK)
        .param("id", id)
        .query((row, _) -> new Found(CallTable.status(row.getString(1)), row.getLong(2)))
        .single();
  }

  void settle(
      UUID id,
      ToolCallStatus status,
      @Nullable JsonNode output,
      @Nullable ErrorDetail error,
      Instant now) {
    jdbc.sql(SETTLE)
        .param("id", id)
        .param("status", status.wire())
        .param("output", output == null ? null : output.toString())
        .param("error", error == null ? null : Json.mapper().writeValueAsString(error))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  void receiveAgain(UUID id) {
    jdbc.sql(RECEIVE_AGAIN).param("id", id).update();
  }

  /** The ToolCall of the contracts, as JSON in UTF-8. */
  byte[] show(UUID id) {
    return jdbc.sql(SHOW)
        .param("id", id)
        .query(String.class)
        .single()
        .getBytes(StandardCharsets.UTF_8);
  }
}
