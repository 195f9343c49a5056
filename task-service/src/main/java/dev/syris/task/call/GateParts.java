package dev.syris.task.call;

import dev.syris.task.approval.Approvals;
import dev.syris.task.control.Controls;
import dev.syris.task.policy.Policies;
import java.time.Instant;
import java.util.Set;

/** What calls are judged by. */
public record GateParts(
    Controls controls, Policies policies, QuietHours quietHours, Approvals approvals) {

  /** Which of some quiet hours hold at a time. */
  @FunctionalInterface
  public interface QuietHours {
    Set<String> at(Set<String> names, Instant time);
  }
}
