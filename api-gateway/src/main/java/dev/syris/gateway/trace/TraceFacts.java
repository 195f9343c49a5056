package dev.syris.gateway.trace;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All that is known of one trace, as it was read. Audits are in the order of their sequence. */
record TraceFacts(
    UUID traceId,
    List<Arrived> events,
    List<Decided> decisions,
    List<Called> calls,
    List<Tasked> tasks,
    List<Stepped> steps,
    List<Asked> approvals,
    List<Audited> audits) {

  /**
   * An event.
   *
   * @param text a beginning of what it says; null where it says nothing or must not be shown
   * @param causedBy the tool call that emitted it, where it says so
   */
  record Arrived(
      UUID id,
      @Nullable UUID parent,
      Instant ingestedAt,
      String channel,
      String connectorId,
      @Nullable String text,
      @Nullable UUID causedBy) {}

  /** A routing decision. */
  record Decided(UUID eventId, Instant decidedAt, String mode, @Nullable String intent) {}

  /** A tool call as it is now. */
  record Called(
      UUID id,
      @Nullable UUID eventId,
      @Nullable UUID stepId,
      String tool,
      String action,
      String status,
      Instant createdAt,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt) {}

  /** A task as it is now. */
  record Tasked(
      UUID id,
      @Nullable UUID eventId,
      String name,
      String status,
      Instant createdAt,
      @Nullable Instant endedAt) {}

  /** A step of a task as it is now; one that has not begun has no times. */
  record Stepped(
      UUID id,
      UUID taskId,
      String name,
      String status,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt) {}

  /**
   * An approval as it is now.
   *
   * @param decidedBy type and id; null where nobody has answered
   * @param channel by which the answer came
   */
  record Asked(
      UUID id,
      UUID callId,
      String status,
      Instant createdAt,
      Instant expiresAt,
      @Nullable Instant decidedAt,
      @Nullable String decidedBy,
      @Nullable String channel) {}

  /** A record of the trail. */
  record Audited(
      UUID id,
      String type,
      String outcome,
      String summary,
      Instant timestamp,
      Instant recordedAt,
      @Nullable UUID eventId,
      @Nullable UUID toolCallId,
      @Nullable UUID taskId,
      @Nullable UUID stepId,
      @Nullable Long latencyMs) {}

  boolean isEmpty() {
    return events.isEmpty() && calls.isEmpty() && tasks.isEmpty() && audits.isEmpty();
  }

  @Nullable Decided decisionOf(UUID eventId) {
    return decisions.stream()
        .filter(decision -> decision.eventId().equals(eventId))
        .findFirst()
        .orElse(null);
  }

  /** The first record of a type about an event; null where there is none. */
  @Nullable Audited audit(String type, UUID eventId) {
    return audits.stream()
        .filter(audit -> audit.type().equals(type) && eventId.equals(audit.eventId()))
        .findFirst()
        .orElse(null);
  }

  boolean calledFor(UUID eventId) {
    return calls.stream().anyMatch(call -> eventId.equals(call.eventId()))
        || audits.stream()
            .anyMatch(
                audit -> eventId.equals(audit.eventId()) && audit.type().startsWith("tool_call."));
  }
}
