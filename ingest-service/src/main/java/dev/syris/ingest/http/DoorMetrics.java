package dev.syris.ingest.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/**
 * Counts what comes in and what does not, and how long the answer took. Codes are ours, so their
 * number is bounded.
 */
final class DoorMetrics {

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5), Duration.ofMillis(10),
        Duration.ofMillis(20),
    Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofSeconds(1),
        Duration.ofSeconds(5)
  };

  private final MeterRegistry registry;

  DoorMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  Timer.Sample start() {
    return Timer.start(registry);
  }

  void accepted(String door, int events, Timer.Sample since) {
    Counter.builder("syris.ingest.accepted")
        .description("Raw events the broker has")
        .tag("door", door)
        .register(registry)
        .increment(events);
    stop(door, "accepted", since);
  }

  void refused(String door, String code, Timer.Sample since) {
    Counter.builder("syris.ingest.refused")
        .description("Requests that were not accepted, by the code of the problem")
        .tag("door", door)
        .tag("code", code)
        .register(registry)
        .increment();
    stop(door, "refused", since);
  }

  private void stop(String door, String outcome, Timer.Sample since) {
    since.stop(
        Timer.builder("syris.ingest.request")
            .description("From the request's arrival to its answer")
            .tag("door", door)
            .tag("outcome", outcome)
            .serviceLevelObjectives(BUCKETS)
            .register(registry));
  }
}
