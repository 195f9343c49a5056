package dev.syris.contracts.id;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Mints version 7 ids from a clock and a source of randomness given to it. Thread-safe if both are.
 */
public final class IdSource {

  private final InstantSource clock;
  private final RandomGenerator random;

  public IdSource(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  public UUID next() {
    return Uuids.version7(clock.millis(), random.nextLong(), random.nextLong());
  }

  public EventId nextEventId() {
    return new EventId(next());
  }

  public TraceId nextTraceId() {
    return new TraceId(next());
  }
}
