package dev.syris.standalone.cli;

import dev.syris.contracts.json.StorableText;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import tools.jackson.databind.JsonNode;

/**
 * Prints approvals as rows, newest first. What others wrote is shown without control characters.
 */
final class ApprovalTable {

  private static final String ROW = "%-36s  %-20s  %-8s  %-10s  %s%n";
  private static final int WHY = 400;

  private final PrintWriter out;
  private final InstantSource clock;

  ApprovalTable(PrintWriter out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  void show(JsonNode approvals) {
    if (approvals.isEmpty()) {
      out.println("nothing waits for approval");
      return;
    }
    out.printf(ROW, "ID", "CALL", "RISK", "EXPIRES IN", "WHY");
    approvals.forEach(this::row);
    out.println();
    out.println(
        "answer with: ./syris approve ID [--reason TEXT], or: ./syris deny ID --reason TEXT");
  }

  private void row(JsonNode approval) {
    JsonNode what = approval.path("what");
    out.printf(
        ROW,
        shown(approval.path("approval_id"), 64),
        shown(what.path("tool"), 64) + " " + shown(what.path("action"), 64),
        shown(approval.path("risk_level"), 16),
        left(approval.path("expires_at").asString("")),
        shown(approval.path("why"), WHY));
  }

  private static String shown(JsonNode text, int longest) {
    return StorableText.shown(text.asString(""), longest).replaceAll("\\p{Cntrl}", " ");
  }

  private String left(String expires) {
    if (expires.isEmpty()) {
      return "?";
    }
    Duration left = Duration.between(clock.instant(), Instant.parse(expires));
    if (left.isNegative()) {
      return "now";
    } else if (left.toMinutes() < 2) {
      return left.toSeconds() + " s";
    }
    return left.toHours() < 2 ? left.toMinutes() + " min" : left.toHours() + " h";
  }
}
