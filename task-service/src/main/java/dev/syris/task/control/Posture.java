package dev.syris.task.control;

import dev.syris.contracts.control.AutonomyLevel;

/**
 * The controls as they are for one transaction.
 *
 * @param paused nothing new is started
 * @param halted what runs is cut off, too
 */
public record Posture(AutonomyLevel level, boolean paused, boolean halted) {

  /** The lower of the two levels: a task never has more than it had when it was created. */
  public AutonomyLevel atMost(AutonomyLevel other) {
    return other.compareTo(level) < 0 ? other : level;
  }
}
