package dev.syris.contracts.audit;

import java.util.Locale;

/**
 * The fixed part of the audit vocabulary. The open part, {@code operator.action.<resource>_<verb>},
 * is made by {@link #operatorAction}.
 */
public enum AuditType {
  EVENT_INGESTED(Stage.NORMALIZE, Outcome.SUCCESS),
  EVENT_DEDUPED(Stage.NORMALIZE, Outcome.SUPPRESSED),
  EVENT_REJECTED(Stage.NORMALIZE, Outcome.FAILURE),
  EVENT_LOOP_BLOCKED(Stage.ROUTE, Outcome.SUPPRESSED),
  ROUTING_DECIDED(Stage.ROUTE, Outcome.SUCCESS),
  RULE_TRIGGERED(Stage.RULE, Outcome.SUCCESS),
  RULE_SUPPRESSED(Stage.RULE, Outcome.SUPPRESSED),
  TOOL_CALL_ATTEMPTED(Stage.TOOL_CALL, Outcome.INFO),
  TOOL_CALL_SUCCEEDED(Stage.TOOL_CALL, Outcome.SUCCESS),
  TOOL_CALL_FAILED(Stage.TOOL_CALL, Outcome.FAILURE),
  TOOL_CALL_DEDUPED(Stage.TOOL_CALL, Outcome.SUPPRESSED),
  TOOL_CALL_UNKNOWN(Stage.TOOL_CALL, Outcome.FAILURE),
  TOOL_CALL_RESOLVED(Stage.TOOL_CALL, Outcome.INFO),
  TOOL_CALL_BLOCKED(Stage.TOOL_CALL, Outcome.FAILURE),
  TOOL_CALL_PREVIEWED(Stage.TOOL_CALL, Outcome.INFO),
  GATE_REQUIRED(Stage.GATE, Outcome.INFO),
  GATE_APPROVED(Stage.GATE, Outcome.SUCCESS),
  GATE_DENIED(Stage.GATE, Outcome.FAILURE),
  GATE_EXPIRED(Stage.GATE, Outcome.FAILURE),
  GATE_ANTIFLAP_BLOCK(Stage.GATE, Outcome.SUPPRESSED),
  GATE_STORM_BLOCK(Stage.GATE, Outcome.SUPPRESSED),
  TASK_CREATED(Stage.TASK, Outcome.SUCCESS),
  TASK_STEP_STARTED(Stage.TASK, Outcome.INFO),
  TASK_STEP_COMPLETED(Stage.TASK, Outcome.SUCCESS),
  TASK_STEP_FAILED(Stage.TASK, Outcome.FAILURE),
  TASK_STEP_UNEXPECTED_ERROR(Stage.TASK, Outcome.FAILURE),
  TASK_INTERRUPTED(Stage.TASK, Outcome.FAILURE),
  TASK_RECOVERED(Stage.TASK, Outcome.SUCCESS),
  TASK_SUCCEEDED(Stage.TASK, Outcome.SUCCESS),
  TASK_FAILED(Stage.TASK, Outcome.FAILURE),
  TASK_CANCELED(Stage.TASK, Outcome.INFO),
  TASK_PAUSED(Stage.TASK, Outcome.INFO),
  TASK_RESUMED(Stage.TASK, Outcome.INFO),
  SCHEDULE_FIRED(Stage.SCHEDULER, Outcome.SUCCESS),
  SCHEDULE_SKIPPED(Stage.SCHEDULER, Outcome.SUPPRESSED),
  SCHEDULE_MISSED(Stage.SCHEDULER, Outcome.FAILURE),
  WATCHER_TICK(Stage.WATCHER, Outcome.SUCCESS),
  WATCHER_ERROR(Stage.WATCHER, Outcome.FAILURE),
  WATCHER_SUPPRESSED(Stage.WATCHER, Outcome.SUPPRESSED),
  ALARM_RAISED(Stage.SYSTEM, Outcome.FAILURE),
  ALARM_ACKED(Stage.SYSTEM, Outcome.INFO),
  ALARM_RESOLVED(Stage.SYSTEM, Outcome.SUCCESS),
  LEDGER_GAP(Stage.SYSTEM, Outcome.FAILURE);

  private final Stage stage;
  private final Outcome outcome;
  private final String wire = wire(name().toLowerCase(Locale.ROOT));

  AuditType(Stage stage, Outcome outcome) {
    this.stage = stage;
    this.outcome = outcome;
  }

  public Stage stage() {
    return stage;
  }

  public Outcome outcome() {
    return outcome;
  }

  /** The name on the wire: the first word is the subject, the rest is the verb. */
  public String wire() {
    return wire;
  }

  private static String wire(String name) {
    String subject =
        name.startsWith("tool_call_") ? "tool_call" : name.substring(0, name.indexOf('_'));
    return subject + "." + name.substring(subject.length() + 1);
  }

  /** The type of an operator's action, such as {@code operator.action.token_create}. */
  public static String operatorAction(String resource, String verb) {
    return "operator.action." + resource + "_" + verb;
  }
}
