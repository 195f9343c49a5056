package dev.syris.gateway.query;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The audit types there are, as docs and contracts list them, so that a misspelt filter is an
 * error, not an empty list.
 */
final class AuditVocabulary {

  private static final Set<String> TYPES =
      Set.of(
          """
          event.ingested event.deduped event.rejected event.loop_blocked
          routing.decided
          rule.triggered rule.suppressed
          tool_call.attempted tool_call.succeeded tool_call.failed tool_call.deduped tool_call.unknown
          tool_call.resolved tool_call.previewed tool_call.blocked
          gate.required gate.approved gate.denied gate.expired gate.antiflap_block gate.storm_block
          task.created task.step_started task.step_completed task.step_failed task.step_unexpected_error
          task.interrupted task.recovered task.succeeded task.failed task.canceled task.paused task.resumed
          schedule.fired schedule.skipped schedule.missed
          watcher.tick watcher.error watcher.suppressed
          mcp.connected mcp.disconnected mcp.tools_synced mcp.tool_quarantined
          job.submitted job.progress job.canceled job.succeeded job.failed
          alarm.raised alarm.acked alarm.resolved
          ledger.gap\
          """
              .split("\\s+"));

  private static final Pattern OPERATOR_ACTION =
      Pattern.compile("operator\\.action\\.[a-z]+(_[a-z]+)+");

  private AuditVocabulary() {}

  /** True for a type, and for a group such as {@code gate.*} that has at least one. */
  static boolean knows(String text) {
    if (text.endsWith(".*")) {
      String group = text.substring(0, text.length() - 1);
      return group.equals("operator.")
          || group.equals("operator.action.")
          || TYPES.stream().anyMatch(type -> type.startsWith(group));
    }
    return TYPES.contains(text) || OPERATOR_ACTION.matcher(text).matches();
  }
}
