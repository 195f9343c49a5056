package dev.syris.gateway.trace;

import dev.syris.gateway.trace.Trace.Node;
import dev.syris.gateway.trace.TraceFacts.Arrived;
import dev.syris.gateway.trace.TraceFacts.Audited;
import dev.syris.gateway.trace.TraceFacts.Called;
import dev.syris.gateway.trace.TraceFacts.Decided;
import dev.syris.gateway.trace.TraceFacts.Stepped;
import dev.syris.gateway.trace.TraceFacts.Tasked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes the node of each fact, with the name of the node above it. An event and its decision last
 * until the trail has them: their own times are the append time of the raw event, so that the
 * pipeline stays a function of the log.
 */
final class TraceNodes {

  /** Types that are shown as part of another node, not as one of their own. */
  private static final Set<String> TOLD_ELSEWHERE =
      Set.of(
          "event.ingested",
          "routing.decided",
          "tool_call.attempted",
          "tool_call.succeeded",
          "tool_call.failed",
          "tool_call.unknown");

  /** The same, where the task they are about is shown. */
  private static final Set<String> TOLD_BY_TASK =
      Set.of(
          "task.created",
          "task.step_started",
          "task.step_completed",
          "task.succeeded",
          "task.failed",
          "task.canceled");

  /** What rules did; their records are all there is of it. */
  private static final Set<String> TOLD_OF_RULES = Set.of("rule.triggered", "rule.suppressed");

  private static final Set<String> OUTCOMES =
      Set.of("tool_call.succeeded", "tool_call.failed", "tool_call.unknown");

  private final TraceFacts facts;

  TraceNodes(TraceFacts facts) {
    this.facts = facts;
  }

  List<Node> all() {
    var nodes = new ArrayList<Node>();
    facts.events().forEach(event -> nodes.add(event(event)));
    facts.decisions().forEach(decision -> nodes.add(decision(decision)));
    facts.tasks().forEach(task -> nodes.add(task(task)));
    facts.steps().stream().filter(TraceNodes::began).forEach(step -> nodes.add(step(step)));
    facts.calls().forEach(call -> nodes.add(call(call)));
    facts.approvals().forEach(asked -> nodes.add(ApprovalNodes.node(asked)));
    attempts(nodes);
    facts.audits().stream().filter(this::standsAlone).forEach(audit -> nodes.add(audit(audit)));
    return nodes;
  }

  private Node event(Arrived event) {
    Audited told = facts.audit("event.ingested", event.id());
    boolean blocked = facts.audit("event.loop_blocked", event.id()) != null;
    String from = "Event from %s on %s".formatted(event.connectorId(), event.channel());
    return node(
        eventId(event.id()),
        parentOf(event),
        "event",
        event.text() == null ? from : from + ": " + event.text(),
        blocked ? "suppressed" : "succeeded",
        new Span(event.ingestedAt(), told == null ? null : told.recordedAt()),
        "/events/" + event.id());
  }

  /** A child hangs from the call that emitted it, else from what was decided about its parent. */
  private @Nullable String parentOf(Arrived event) {
    UUID parent = event.parent();
    if (parent == null) {
      return null;
    }
    UUID cause = event.causedBy();
    if (cause != null && facts.calls().stream().anyMatch(call -> call.id().equals(cause))) {
      return callId(cause);
    }
    List<Called> calls =
        facts.calls().stream().filter(call -> parent.equals(call.eventId())).toList();
    if (calls.size() == 1) {
      return callId(calls.getFirst().id());
    }
    return facts.decisionOf(parent) == null ? eventId(parent) : decisionId(parent);
  }

  private Node decision(Decided decision) {
    Audited ingested = facts.audit("event.ingested", decision.eventId());
    Audited told = facts.audit("routing.decided", decision.eventId());
    String what = decision.intent() == null ? "" : ": " + decision.intent();
    return node(
        decisionId(decision.eventId()),
        eventId(decision.eventId()),
        "routing_decision",
        "Routed to " + decision.mode() + what,
        "succeeded",
        new Span(
            ingested == null ? decision.decidedAt() : ingested.recordedAt(),
            told == null ? null : told.recordedAt()),
        "/routing-decisions/" + decision.eventId());
  }

  private Node task(Tasked task) {
    return node(
        taskId(task.id()),
        causeOf(task.eventId()),
        "task",
        task.name(),
        task.status(),
        new Span(task.createdAt(), task.endedAt()),
        "/tasks/" + task.id());
  }

  /** One whose turn has not come has nothing to show in time. */
  private static boolean began(Stepped step) {
    return step.startedAt() != null || step.endedAt() != null;
  }

  private static Node step(Stepped step) {
    Instant start = step.startedAt() == null ? step.endedAt() : step.startedAt();
    return node(
        stepId(step.id()),
        taskId(step.taskId()),
        "step",
        step.name(),
        step.status(),
        new Span(Objects.requireNonNullElse(start, Instant.EPOCH), step.endedAt()),
        "/tasks/" + step.taskId());
  }

  /** What was decided about an event, else the event. */
  private @Nullable String causeOf(@Nullable UUID event) {
    return event == null
        ? null
        : facts.decisionOf(event) == null ? eventId(event) : decisionId(event);
  }

  private Node call(Called call) {
    String parent = call.stepId() == null ? causeOf(call.eventId()) : stepId(call.stepId());
    return node(
        callId(call.id()),
        parent,
        "tool_call",
        call.tool() + " / " + call.action(),
        call.status(),
        new Span(call.createdAt(), call.endedAt()),
        "/tool-calls/" + call.id());
  }

  /** Each attempt ends with the first outcome after it. */
  private void attempts(List<Node> nodes) {
    List<Audited> audits = facts.audits();
    for (int i = 0; i < audits.size(); i++) {
      Audited start = audits.get(i);
      UUID call = start.toolCallId();
      if (start.type().equals("tool_call.attempted") && call != null) {
        nodes.add(attempt(start, call, outcome(call, audits.subList(i + 1, audits.size()))));
      }
    }
  }

  private static @Nullable Audited outcome(UUID call, List<Audited> later) {
    for (Audited audit : later) {
      boolean same = call.equals(audit.toolCallId());
      if (same && audit.type().equals("tool_call.attempted")) {
        return null;
      }
      if (same && OUTCOMES.contains(audit.type())) {
        return audit;
      }
    }
    return null;
  }

  private static Node attempt(Audited start, UUID call, @Nullable Audited end) {
    String status = end == null ? "started" : end.type().substring("tool_call.".length());
    return new Node(
        "attempt/" + start.id(),
        callId(call),
        "attempt",
        "Attempt",
        status,
        start.timestamp(),
        end == null ? null : end.timestamp(),
        end == null
            ? null
            : Long.valueOf(
                end.latencyMs() == null
                    ? between(start.timestamp(), end.timestamp())
                    : end.latencyMs()),
        "/audit/" + start.id());
  }

  private boolean standsAlone(Audited audit) {
    UUID call = audit.toolCallId();
    boolean callKnown =
        call != null && facts.calls().stream().anyMatch(known -> known.id().equals(call));
    boolean outcomeOfUnknownCall = OUTCOMES.contains(audit.type()) && !callKnown;
    UUID task = audit.taskId();
    boolean toldByTask =
        task != null
            && TOLD_BY_TASK.contains(audit.type())
            && facts.tasks().stream().anyMatch(known -> known.id().equals(task));
    boolean told =
        toldByTask || TOLD_ELSEWHERE.contains(audit.type()) || ApprovalNodes.tells(facts, audit);
    return outcomeOfUnknownCall || !told;
  }

  private static Node audit(Audited audit) {
    String parent = parentOf(audit);
    String status =
        switch (audit.outcome()) {
          case "success", "info" -> "succeeded";
          case "failure" -> "failed";
          default -> audit.outcome();
        };
    String kind = TOLD_OF_RULES.contains(audit.type()) ? "rule" : "audit";
    return new Node(
        kind + "/" + audit.id(),
        parent,
        kind,
        audit.summary(),
        status,
        audit.timestamp(),
        audit.recordedAt(),
        audit.latencyMs(),
        "/audit/" + audit.id());
  }

  private static @Nullable String parentOf(Audited audit) {
    if (audit.toolCallId() != null) {
      return callId(audit.toolCallId());
    } else if (audit.stepId() != null) {
      return stepId(audit.stepId());
    } else if (audit.taskId() != null) {
      return taskId(audit.taskId());
    }
    return audit.eventId() == null ? null : eventId(audit.eventId());
  }

  /** When something began and ended. */
  private record Span(Instant start, @Nullable Instant end) {}

  private static Node node(
      String id,
      @Nullable String parent,
      String kind,
      String title,
      String status,
      Span span,
      String ref) {
    Instant end = span.end();
    Long latency = end == null ? null : Long.valueOf(between(span.start(), end));
    return new Node(id, parent, kind, title, status, span.start(), end, latency, ref);
  }

  private static long between(Instant start, Instant end) {
    return Math.max(0, Duration.between(start, end).toMillis());
  }

  private static String eventId(UUID id) {
    return "event/" + id;
  }

  private static String decisionId(UUID event) {
    return "decision/" + event;
  }

  private static String taskId(UUID id) {
    return "task/" + id;
  }

  private static String stepId(UUID id) {
    return "step/" + id;
  }

  private static String callId(UUID id) {
    return "call/" + id;
  }
}
