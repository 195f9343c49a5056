package dev.syris.task.engine;

import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.StepId;
import dev.syris.contracts.id.TaskId;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.task.RetryPolicy;
import dev.syris.contracts.task.StepStatus;
import dev.syris.contracts.task.TaskStatus;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.Requester;
import dev.syris.contracts.tool.ToolCallStatus;
import dev.syris.task.instance.Owner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rows of tasks and steps as records. */
final class TaskRows {

  private TaskRows() {}

  /** A step and the task it belongs to. */
  record StepOfTask(TaskId task, StepRow step) {}

  static TaskRow task(ResultSet row, int number) throws SQLException {
    UUID event = row.getObject("trigger_event_id", UUID.class);
    String owner = row.getString("owner");
    return new TaskRow(
        new TaskId(uuid(row, "task_id")),
        text(row, "name"),
        TaskStatus.valueOf(upper(text(row, "status"))),
        new TraceId(uuid(row, "trace_id")),
        event == null ? null : new EventId(event),
        JsonText.of(text(row, "input")),
        kept(row, "event"),
        List.of(Json.mapper().readValue(text(row, "granted_scopes"), String[].class)),
        row.getInt("depth"),
        row.getInt("step_count"),
        AutonomyLevel.valueOf(text(row, "autonomy_at_start")),
        new Requester(text(row, "requested_by_type"), text(row, "requested_by_id")),
        owner == null ? null : new Owner(owner, row.getLong("owner_epoch")),
        row.getLong("epoch"));
  }

  static StepOfTask step(ResultSet row, int number) throws SQLException {
    return new StepOfTask(new TaskId(uuid(row, "task_id")), step(row, policy(row)));
  }

  private static StepRow step(ResultSet row, RetryPolicy policy) throws SQLException {
    return new StepRow(plan(row, policy), state(row, policy), progress(row), lastCall(row));
  }

  private static StepPlan plan(ResultSet row, RetryPolicy policy) throws SQLException {
    long timeout = row.getLong("timeout_ms");
    return new StepPlan(
        new StepId(uuid(row, "step_id")),
        row.getInt("position"),
        text(row, "name"),
        row.getString("tool"),
        row.getString("action"),
        JsonText.of(text(row, "args")),
        kept(row, "condition"),
        kept(row, "wait"),
        List.of((String[]) row.getArray("reads").getArray()),
        row.getInt("max_attempts"),
        policy,
        timeout == 0 ? null : Long.valueOf(timeout));
  }

  private static StepState state(ResultSet row, RetryPolicy policy) throws SQLException {
    return new StepState(
        row.getInt("position"),
        StepStatus.valueOf(upper(text(row, "status"))),
        row.getInt("run"),
        row.getInt("attempt"),
        row.getInt("max_attempts"),
        policy,
        instant(row, "due_at"));
  }

  private static StepRow.Progress progress(ResultSet row) throws SQLException {
    UUID call = row.getObject("tool_call_id", UUID.class);
    JsonNode checkpoint = json(row, "checkpoint");
    return new StepRow.Progress(
        call == null ? null : new ToolCallId(call),
        row.getString("idempotency_key"),
        checkpoint instanceof ObjectNode history ? history : null,
        json(row, "output"),
        error(row),
        instant(row, "started_at"),
        instant(row, "ended_at"));
  }

  private static StepRow.@Nullable LastCall lastCall(ResultSet row) throws SQLException {
    String status = row.getString("call_status");
    return status == null
        ? null
        : new StepRow.LastCall(
            new ToolCallId(uuid(row, "tool_call_id")),
            ToolCallStatus.valueOf(upper(status)),
            JsonText.of(text(row, "call_args")),
            row.getInt("call_attempt"));
  }

  private static RetryPolicy policy(ResultSet row) throws SQLException {
    return Json.mapper().readValue(text(row, "retry_policy"), RetryPolicy.class);
  }

  private static @Nullable ErrorDetail error(ResultSet row) throws SQLException {
    String error = row.getString("error");
    return error == null ? null : Json.mapper().readValue(error, ErrorDetail.class);
  }

  private static @Nullable JsonNode json(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : Json.mapper().readTree(text);
  }

  private static @Nullable JsonText kept(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : JsonText.of(text);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static UUID uuid(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getObject(column, UUID.class));
  }

  private static String text(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getString(column));
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }
}
