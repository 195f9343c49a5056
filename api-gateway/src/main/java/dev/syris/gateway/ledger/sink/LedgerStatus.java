package dev.syris.gateway.ledger.sink;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** How the sink is doing, for whoever asks. Written by its thread, read by any. */
final class LedgerStatus {

  private final InstantSource clock;
  private volatile State state;
  private volatile @Nullable Instant lastGap;

  /**
   * @param fault why it does not run; null where it does
   * @param since when this began
   */
  record State(@Nullable String fault, Instant since) {}

  LedgerStatus(InstantSource clock) {
    this.clock = clock;
    this.state = new State("not started", clock.instant());
  }

  void running() {
    if (state.fault != null) {
      state = new State(null, clock.instant());
    }
  }

  void failing(String fault) {
    Instant since = state.fault == null ? clock.instant() : state.since;
    state = new State(fault, since);
  }

  void gapAt(@Nullable Instant at) {
    lastGap = at;
  }

  State state() {
    return state;
  }

  /** When records were last lost, if that is not long ago. */
  @Nullable Instant gapWithin(Duration time) {
    Instant at = lastGap;
    return at != null && at.isAfter(clock.instant().minus(time)) ? at : null;
  }
}
