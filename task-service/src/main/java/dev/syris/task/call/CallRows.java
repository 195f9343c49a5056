package dev.syris.task.call;

import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.routing.RiskLevel;
import dev.syris.contracts.tool.Requester;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.task.tool.ActionDefinition.Effect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Rows of tool calls as records. */
final class CallRows {

  private CallRows() {}

  static PendingCall pending(ResultSet row, int number) throws SQLException {
    return new PendingCall(
        request(row),
        text(row, "request_hash"),
        row.getInt("attempt"),
        holder(row),
        new Requester(text(row, "requested_by_type"), text(row, "requested_by_id")),
        row.getString("approval_id") != null,
        null);
  }

  static Held held(ResultSet row, int number) throws SQLException {
    return new Held(
        new ToolCallId(uuid(row, "tool_call_id")),
        CallTable.status(text(row, "status")),
        row.getString("owner"),
        row.getLong("owner_epoch"),
        row.getInt("attempt"),
        row.getLong("current_epoch"));
  }

  static Orphan orphan(ResultSet row, int number) throws SQLException {
    Effect effect =
        row.getBoolean("read_only")
            ? Effect.READ_ONLY
            : row.getBoolean("idempotent") ? Effect.IDEMPOTENT : Effect.ONCE;
    long timeout = row.getLong("timeout_ms");
    return new Orphan(
        request(row),
        row.getInt("attempt"),
        effect,
        row.getBoolean("never_sent"),
        timeout == 0 ? null : Duration.ofMillis(timeout),
        risk(row.getString("risk_level")));
  }

  private static @Nullable RiskLevel risk(@Nullable String wire) {
    return wire == null ? null : RiskLevel.valueOf(wire.toUpperCase(Locale.ROOT));
  }

  private static PendingCall.@Nullable Holder holder(ResultSet row) throws SQLException {
    UUID id = row.getObject("holder_id", UUID.class);
    if (id == null) {
      return null;
    }
    String output = row.getString("holder_output");
    return new PendingCall.Holder(
        new ToolCallId(id),
        text(row, "holder_hash"),
        CallTable.status(text(row, "holder_status")),
        output == null ? null : Json.mapper().readTree(output));
  }

  static ToolCallRequest asked(ResultSet row, int number) throws SQLException {
    return request(row);
  }

  private static ToolCallRequest request(ResultSet row) throws SQLException {
    UUID event = row.getObject("event_id", UUID.class);
    return new ToolCallRequest(
        new ToolCallId(uuid(row, "tool_call_id")),
        new TraceId(uuid(row, "trace_id")),
        event == null ? null : new EventId(event),
        row.getString("task_id"),
        row.getString("step_id"),
        text(row, "tool"),
        text(row, "action"),
        (ObjectNode) Json.mapper().readTree(text(row, "args")),
        text(row, "idempotency_key"),
        new Requester(text(row, "requested_by_type"), text(row, "requested_by_id")),
        List.of(Json.mapper().readValue(text(row, "granted_scopes"), String[].class)),
        row.getInt("depth"),
        instant(row, "requested_at"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class)).toInstant();
  }

  private static UUID uuid(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getObject(column, UUID.class));
  }

  private static String text(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getString(column));
  }
}
