package dev.syris.gateway.query;

import static dev.syris.gateway.query.Filter.auditType;
import static dev.syris.gateway.query.Filter.oneOf;
import static dev.syris.gateway.query.Filter.text;
import static dev.syris.gateway.query.Filter.time;
import static dev.syris.gateway.query.Filter.uuid;

import dev.syris.contracts.approval.ApprovalStatus;
import dev.syris.contracts.audit.Outcome;
import dev.syris.contracts.audit.Stage;
import dev.syris.contracts.event.Channel;
import dev.syris.contracts.task.TaskStatus;
import dev.syris.contracts.task.WaitingFor;
import dev.syris.contracts.tool.ToolCallStatus;
import dev.syris.gateway.trace.TraceStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every collection that can be listed. */
public final class Collections {

  public static final Collection EVENTS =
      Collection.of("events", "event", "api.event")
          .by("event_id")
          .newestBy("ingested_at", "event_id")
          .with(
              uuid("trace_id"),
              oneOf("channel", names(Channel.values(), Channel::wire)),
              text("connector_id"));

  /**
   * Goes by sequence; the functions turn a time into a bound on it, for which there is an index.
   */
  public static final Collection AUDIT =
      Collection.of("audit", "audit record", "api.audit_event")
          .found("sequence = (select sequence from api.audit_key where audit_id = :id)", true)
          .ordered(List.of(new SortKey("sequence", SortKey.Kind.NUMBER)), false, "trace_id")
          .with(
              uuid("trace_id"),
              auditType("type"),
              oneOf("stage", names(Stage.values(), Stage::wire)),
              oneOf("outcome", names(Outcome.values(), Outcome::wire)),
              text("tool"),
              text("connector_id"),
              text("task_id"),
              uuid("event_id"),
              time(
                  "since",
                  "recorded_at >= :since and sequence >= api.audit_sequence_since(:since)"),
              time(
                  "until", "recorded_at < :until and sequence < api.audit_sequence_until(:until)"));

  public static final Collection TRACES =
      Collection.of("traces", "trace", TraceStatus.SOURCE)
          .by("trace_id")
          .showing(
              """
              json_strip_nulls(json_build_object(
                'trace_id', trace_id, 'started_at', gateway.wire_time(started_at),
                'last_at', gateway.wire_time(last_at), 'status', status, 'event_id', event_id,
                'channel', channel, 'connector_id', connector_id, 'audits', audits))
              """)
          .newestBy("started_at", "trace_id")
          .with(uuid("trace_id"), oneOf("status", names(TraceStatus.values(), TraceStatus::wire)));

  public static final Collection ROUTING_DECISIONS =
      Collection.of("routing-decisions", "routing decision", "api.routing_decision")
          .by("event_id")
          .newestBy("decided_at", "event_id")
          .with(uuid("trace_id"));

  /** What tells calls that are few from all that succeeded. */
  private static final Map<String, String> STANDING =
      Stream.of(ToolCallStatus.values())
          .filter(status -> status != ToolCallStatus.SUCCEEDED)
          .collect(
              Collectors.toMap(
                  ToolCallStatus::wire,
                  status ->
                      status == ToolCallStatus.STARTED
                          ? "tool_call_id in (select tool_call_id from api.started_tool_call)"
                          : "standing = :status"));

  /** What tells tasks that are few from all that are over. */
  private static final Map<String, String> OPEN =
      Stream.of(TaskStatus.values())
          .filter(status -> status != TaskStatus.SUCCEEDED && status != TaskStatus.CANCELED)
          .collect(
              Collectors.toMap(
                  TaskStatus::wire,
                  status ->
                      status == TaskStatus.FAILED
                          ? "failed"
                          : "task_id in (select task_id from api.open_task)"));

  public static final Collection TOOL_CALLS =
      Collection.of("tool-calls", "tool call", "api.tool_call")
          .by("tool_call_id")
          .newestBy("created_at", "tool_call_id")
          .with(
              uuid("trace_id"),
              oneOf("status", names(ToolCallStatus.values(), ToolCallStatus::wire), STANDING));

  /** Tools have no time to go by: they go by name. */
  public static final Collection TOOLS =
      Collection.of("tools", "tool", "api.tool")
          .byName("tool")
          .ordered(List.of(new SortKey("tool", SortKey.Kind.NAME)), true, "")
          .with(text("status"));

  public static final Collection TASKS =
      Collection.of("tasks", "task", "api.task")
          .by("task_id")
          .newestBy("created_at", "task_id")
          .with(
              uuid("trace_id"),
              oneOf("status", names(TaskStatus.values(), TaskStatus::wire), OPEN),
              oneOf("waiting_for", names(WaitingFor.values(), WaitingFor::wire)));

  public static final Collection APPROVALS =
      Collection.of("approvals", "approval", "api.approval")
          .by("approval_id")
          .newestBy("created_at", "approval_id")
          .with(
              uuid("trace_id"),
              oneOf("status", names(ApprovalStatus.values(), ApprovalStatus::wire)));

  public static final Collection TASK_TEMPLATES =
      Collection.of("task-templates", "task template", "api.task_template")
          .byName("name")
          .ordered(List.of(new SortKey("name", SortKey.Kind.NAME)), true, "");

  public static final Collection QUIET_HOURS =
      Collection.of("quiet-hours", "quiet hours", "api.quiet_hours")
          .byName("quiet_hours_id")
          .ordered(List.of(new SortKey("quiet_hours_id", SortKey.Kind.NAME)), true, "")
          .with(Filter.flag("enabled"));

  /**
   * With what the ledger counted of them. The join is here because neither service's views may
   * depend on the other's, which are dropped and made anew.
   */
  public static final Collection RULES =
      Collection.of(
              "rules",
              "rule",
              """
              (select r.rule_id, r.enabled, r.created_at, r.body, s.hits, s.suppressions, s.last_fired_at
                 from api.rule r left join api.rule_stat s on s.rule_id = r.rule_id) as rules
              """)
          .byName("rule_id")
          .showing(
              """
              left(rtrim(body::text, E' \\t\\r\\n'), -1) || ',' || substr(json_strip_nulls(json_build_object(
                'hits', coalesce(hits, 0), 'suppressions', coalesce(suppressions, '{}'),
                'last_fired_at', gateway.wire_time(last_fired_at)))::text, 2)
              """)
          .newestByAndName("created_at", "rule_id")
          .with(Filter.flag("enabled"));

  /** Timers and alarm clocks are among them, by kind. */
  public static final Collection SCHEDULES =
      Collection.of("schedules", "schedule", "api.schedule")
          .byName("schedule_id")
          .newestByAndName("created_at", "schedule_id")
          .with(Filter.flag("enabled"), oneOf("kind", List.of("schedule", "timer", "alarm")));

  public static final Collection WATCHERS =
      Collection.of("watchers", "watcher", "api.watcher")
          .byName("watcher_id")
          .ordered(List.of(new SortKey("watcher_id", SortKey.Kind.NAME)), true, "")
          .with(Filter.flag("enabled"));

  public static final Collection ALARMS =
      Collection.of("alarms", "alarm", "api.alarm")
          .by("alarm_id")
          .newestBy("first_seen", "alarm_id")
          .with(
              uuid("trace_id"),
              oneOf("status", List.of("open", "acked", "resolved")),
              oneOf("severity", List.of("warning", "error", "critical")),
              text("type"));

  /** Integrations have no time to go by either. */
  public static final Collection INTEGRATIONS =
      Collection.of("integrations", "integration", "api.integration")
          .byName("integration_id")
          .ordered(List.of(new SortKey("integration_id", SortKey.Kind.NAME)), true, "")
          .with(
              oneOf(
                  "status",
                  List.of("connected", "connecting", "degraded", "disconnected", "disabled")),
              Filter.flag("enabled"));

  public static final Collection DEAD_LETTERS =
      Collection.of("dead-letters", "dead letter", "api.dead_letter")
          .by("dead_letter_id")
          .showing(
              """
              json_strip_nulls(json_build_object(
                'dead_letter_id', dead_letter_id, 'topic', topic, 'partition', partition, 'offset', "offset",
                'reason', reason, 'error', error, 'at', gateway.wire_time(at), 'trace_id', trace_id,
                'payload_ref', payload_ref))
              """)
          .newestBy("at", "dead_letter_id")
          .with(uuid("trace_id"));

  public static final Collection TOKENS =
      Collection.of("tokens", "token", "api.token")
          .by("token_id")
          .newestBy("created_at", "token_id");

  private Collections() {}

  private static <E> List<String> names(E[] values, Function<E, String> wire) {
    return Arrays.stream(values).map(wire).toList();
  }
}
