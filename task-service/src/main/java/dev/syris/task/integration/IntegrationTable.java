package dev.syris.task.integration;

import dev.syris.contracts.json.Json;
import dev.syris.task.tool.ToolDefinition.IntegrationDefinition;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of integrations and of how tools have fared. */
final class IntegrationTable {

  private static final String ADD =
      """
      insert into task.integration (integration_id, type, changed_at) values (:id, :type, :now)
      on conflict (integration_id) do update set type = excluded.type where integration.type <> excluded.type
      """;

  private static final String DISABLED =
      "select integration_id from task.integration where not enabled";

  private static final String SWITCH =
      """
      update task.integration set enabled = :enabled, changed_at = :now, version = version + 1
       where integration_id = :id
      """;

  private static final String LOCK =
      "select version from task.integration where integration_id = :id for update";

  private static final String RECORD =
      "select body from task.integration_record where integration_id = :id";

  private static final String FARED =
      """
      insert into task.tool_health (
        tool, instance, consecutive_errors, last_success_at, last_error_at, last_error, rate_limit_resets_at)
      values (:tool, :instance, :errors, :successAt::timestamptz, :errorAt::timestamptz, :error::json,
              :resetsAt::timestamptz)
      on conflict (tool, instance) do update
         set consecutive_errors = excluded.consecutive_errors,
             last_success_at = coalesce(excluded.last_success_at, tool_health.last_success_at),
             last_error_at = coalesce(excluded.last_error_at, tool_health.last_error_at),
             last_error = coalesce(excluded.last_error, tool_health.last_error),
             rate_limit_resets_at = excluded.rate_limit_resets_at
      """;

  private final JdbcClient jdbc;

  IntegrationTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(IntegrationDefinition integration, Instant now) {
    jdbc.sql(ADD)
        .param("id", integration.id())
        .param("type", integration.type())
        .param("now", at(now))
        .update();
  }

  Set<String> disabled() {
    return Set.copyOf(jdbc.sql(DISABLED).query(String.class).list());
  }

  /** The version of one that is to be switched; empty where there is none of that name. */
  Optional<Long> lock(String integrationId) {
    return jdbc.sql(LOCK).param("id", integrationId).query(Long.class).optional();
  }

  void enable(String integrationId, boolean enabled, Instant now) {
    jdbc.sql(SWITCH)
        .param("id", integrationId)
        .param("enabled", enabled)
        .param("now", at(now))
        .update();
  }

  /** The record of the contracts, as JSON. */
  Optional<String> describe(String integrationId) {
    return jdbc.sql(RECORD).param("id", integrationId).query(String.class).optional();
  }

  void fared(String tool, String instance, Fare fare) {
    jdbc.sql(FARED)
        .param("tool", tool)
        .param("instance", instance)
        .param("errors", fare.consecutiveErrors())
        .param("successAt", at(fare.lastSuccessAt()))
        .param("errorAt", at(fare.lastErrorAt()))
        .param(
            "error",
            fare.lastError() == null ? null : Json.mapper().writeValueAsString(fare.lastError()))
        .param("resetsAt", at(fare.rateLimitResetsAt()))
        .update();
  }

  private static @Nullable OffsetDateTime at(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }
}
