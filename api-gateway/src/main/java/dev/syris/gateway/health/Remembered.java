package dev.syris.gateway.health;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is found again at most every so often; whoever asks meanwhile waits for it or gets
 * the last. Thread-safe.
 */
final class Remembered<T> {

  private final Supplier<T> source;
  private final long nanos;
  private @Nullable T value;
  private long at;

  Remembered(Supplier<T> source, Duration atMostEvery) {
    this.source = source;
    this.nanos = atMostEvery.toNanos();
  }

  synchronized T get() {
    T known = value;
    if (known == null || System.nanoTime() - at > nanos) {
      known = source.get();
      value = known;
      at = System.nanoTime();
    }
    return known;
  }
}
