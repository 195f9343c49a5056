package dev.syris.task.watch;

import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks at something. Called by one thread at a time, by whichever instance has its turn, so what
 * it is to remember belongs into its state.
 */
public interface Watcher {

  /** Its name; stays the same. */
  String id();

  /** Its kind, such as {@code http}. */
  String type();

  Duration interval();

  /** How long one look may take; then it is interrupted and counts as an error. */
  default Duration timeout() {
    return Duration.ofSeconds(10);
  }

  /** How long after one event of its own the next may follow; those between are suppressed. */
  default Duration throttle() {
    return Duration.ZERO;
  }

  /**
   * Looks once.
   *
   * @throws Exception where it can't look; it is tried again later and later
   */
  Tick tick(Look look) throws Exception;

  /**
   * What a watcher is told.
   *
   * @param state what it wrote last; empty at first
   * @param enabledAt since when it has been switched on
   */
  record Look(ObjectNode state, Instant now, Instant enabledAt) {}
}
