package dev.syris.task.approval;

import dev.syris.platform.time.Loop;
import dev.syris.task.control.Controls;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Lets approvals and levels that were given for a time expire. */
final class ApprovalLoop extends Loop {

  private static final Duration SHORTEST = Duration.ofMillis(10);

  private final ApprovalCommands commands;
  private final Controls controls;
  private final InstantSource clock;

  ApprovalLoop(ApprovalCommands commands, Controls controls, InstantSource clock, Duration poll) {
    super("syris-task-approvals", poll, "approvals don't expire for now");
    this.commands = commands;
    this.controls = controls;
    this.clock = clock;
  }

  @Override
  protected Duration round() {
    controls.noteExpiry();
    Instant next = commands.expire().orElse(Instant.MAX);
    Instant now = clock.instant();
    if (next.isAfter(now.plus(poll()))) {
      return poll();
    }
    Duration left = Duration.between(now, next);
    return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
  }
}
