package dev.syris.gateway.trace;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What became of a trace as a whole; the first that applies, in this order. The rule is here twice,
 * as {@link #of} for one trace and as {@link #SOURCE} for lists; an integration test holds them
 * together.
 */
public enum TraceStatus {
  /**
   * Something is still to happen: an event without a decision, a call or a task that is not over.
   */
  RUNNING,
  /**
   * A task failed; a call that is no step failed, has an unknown outcome, was denied or expired; or
   * the record was rejected.
   */
  FAILED,
  /** A call was refused. */
  BLOCKED,
  /** It was a repeat, or a loop, and nothing else was done. */
  SUPPRESSED,
  SUCCEEDED;

  /** Where to select traces with their status from. */
  public static final String SOURCE =
      """
      (select t.*,
              case
                when exists (select from api.tool_call c
                              where c.trace_id = t.trace_id and c.status in ('received', 'waiting', 'started'))
                  or exists (select from api.task k
                              where k.trace_id = t.trace_id
                                and k.status in ('pending', 'running', 'paused', 'canceling'))
                  or exists (select from api.event e
                              where e.trace_id = t.trace_id
                                and not exists (select from api.routing_decision d where d.event_id = e.event_id)
                                and not exists (select from api.audit_event a
                                                 where a.trace_id = t.trace_id and a.event_id = e.event_id
                                                   and a.type = 'event.loop_blocked'))
                  or exists (select from api.routing_decision d
                              where d.trace_id = t.trace_id and d.execution_mode = 'fast'
                                and not exists (select from api.tool_call c
                                                 where c.trace_id = t.trace_id and c.event_id = d.event_id)
                                and not exists (select from api.audit_event a
                                                 where a.trace_id = t.trace_id and a.event_id = d.event_id
                                                   and a.stage = 'tool_call'))
                  then 'running'
                when exists (select from api.tool_call c
                              where c.trace_id = t.trace_id and c.step_id is null
                                and c.status in ('failed', 'unknown', 'denied', 'expired'))
                  or exists (select from api.task k
                              where k.trace_id = t.trace_id and k.status = 'failed')
                  or exists (select from api.audit_event a
                              where a.trace_id = t.trace_id and a.type = 'event.rejected')
                  then 'failed'
                when exists (select from api.tool_call c
                              where c.trace_id = t.trace_id and c.step_id is null and c.status = 'blocked')
                  then 'blocked'
                when not exists (select from api.routing_decision d where d.trace_id = t.trace_id)
                 and exists (select from api.audit_event a
                              where a.trace_id = t.trace_id and a.outcome = 'suppressed')
                  then 'suppressed'
                else 'succeeded'
              end as status
         from api.trace t) as traces
      """;

  private static final List<String> OPEN = List.of("received", "waiting", "started");
  private static final List<String> AT_WORK = List.of("pending", "running", "paused", "canceling");
  private static final List<String> BAD = List.of("failed", "unknown", "denied", "expired");

  static TraceStatus of(TraceFacts facts) {
    if (facts.calls().stream().anyMatch(call -> OPEN.contains(call.status()))
        || facts.tasks().stream().anyMatch(task -> AT_WORK.contains(task.status()))
        || awaitsMore(facts)) {
      return RUNNING;
    }
    boolean failed =
        freeCalls(facts).anyMatch(call -> BAD.contains(call.status()))
            || facts.tasks().stream().anyMatch(task -> task.status().equals("failed"));
    if (failed
        || facts.audits().stream().anyMatch(audit -> audit.type().equals("event.rejected"))) {
      return FAILED;
    }
    if (freeCalls(facts).anyMatch(call -> call.status().equals("blocked"))) {
      return BLOCKED;
    }
    boolean suppressed =
        facts.audits().stream().anyMatch(audit -> audit.outcome().equals("suppressed"));
    return facts.decisions().isEmpty() && suppressed ? SUPPRESSED : SUCCEEDED;
  }

  /** Calls that are no steps: of a step that was tried again, only its task's end counts. */
  private static Stream<TraceFacts.Called> freeCalls(TraceFacts facts) {
    return facts.calls().stream().filter(call -> call.stepId() == null);
  }

  private static boolean awaitsMore(TraceFacts facts) {
    boolean undecided =
        facts.events().stream()
            .anyMatch(
                event ->
                    facts.decisionOf(event.id()) == null
                        && facts.audit("event.loop_blocked", event.id()) == null);
    boolean uncalled =
        facts.decisions().stream()
            .filter(decision -> decision.mode().equals("fast"))
            .anyMatch(decision -> !facts.calledFor(decision.eventId()));
    return undecided || uncalled;
  }

  /** The name on the wire. */
  @JsonValue
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
