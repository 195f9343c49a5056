package dev.syris.gateway.trace;

import dev.syris.gateway.trace.Trace.Node;
import dev.syris.gateway.trace.TraceFacts.Asked;
import dev.syris.gateway.trace.TraceFacts.Audited;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/** Makes the node of an approval: from the question to the answer, under the call it is about. */
final class ApprovalNodes {

  /** What the trail says of an approval that is shown itself. */
  private static final Set<String> TOLD =
      Set.of("gate.required", "gate.approved", "gate.denied", "gate.expired");

  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private ApprovalNodes() {}

  static Node node(Asked asked) {
    Instant end = asked.decidedAt();
    return new Node(
        "approval/" + asked.id(),
        "call/" + asked.callId(),
        "approval",
        title(asked),
        asked.status(),
        asked.createdAt(),
        end,
        end == null ? null : waited(asked, end).toMillis(),
        "/approvals/" + asked.id());
  }

  static boolean tells(TraceFacts facts, Audited audit) {
    return TOLD.contains(audit.type())
        && facts.approvals().stream().anyMatch(asked -> asked.callId().equals(audit.toolCallId()));
  }

  private static String title(Asked asked) {
    return switch (asked.status()) {
      case "pending" -> "Waits for approval until " + asked.expiresAt();
      case "approved", "used" -> "Approved" + answer(asked);
      case "denied" -> "Denied" + answer(asked);
      case "expired" -> "Nobody answered" + after(asked);
      case "stale" ->
          asked.decidedBy() == null
              ? "Not asked any more: what would run has changed"
              : "Approved" + answer(asked) + ", but what would run has changed";
      case "canceled" -> "Not asked any more: the call was canceled";
      default -> "Approval " + asked.status();
    };
  }

  private static String answer(Asked asked) {
    String by = asked.decidedBy() == null ? "" : " by " + asked.decidedBy();
    String channel = asked.channel() == null ? "" : " via " + asked.channel();
    return by + channel + after(asked);
  }

  private static String after(Asked asked) {
    Instant end = asked.decidedAt();
    return end == null ? "" : " after " + words(waited(asked, end));
  }

  private static Duration waited(Asked asked, Instant end) {
    Duration waited = Duration.between(asked.createdAt(), Objects.requireNonNull(end));
    return waited.isNegative() ? Duration.ZERO : waited;
  }

  /** The largest unit that tells at least two of it, such as 12 s or 90 min. */
  private static String words(Duration waited) {
    long seconds = waited.toSeconds();
    if (seconds < 2 * MINUTE) {
      return seconds + " s";
    } else if (seconds < 2 * HOUR) {
      return seconds / MINUTE + " min";
    }
    return seconds < 2 * DAY ? seconds / HOUR + " h" : seconds / DAY + " days";
  }
}
