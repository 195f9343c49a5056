package dev.syris.task.call;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** Counts and times what calls come to. Thread-safe. */
final class CallMeters {

  private final MeterRegistry registry;

  CallMeters(MeterRegistry registry, InFlight inFlight) {
    this.registry = registry;
    Gauge.builder("syris.tool.calls.running", inFlight, InFlight::size)
        .description("tool calls started and not yet recorded")
        .register(registry);
  }

  void ended(Ending ending) {
    String outcome =
        switch (ending) {
          case Ending.Answered answered -> Settlement.of(answered.answer()).status().wire();
          case Ending.Applying _ -> "applied";
          case Ending.TimedOut _ -> "timed_out";
          case Ending.NotSent _ -> "not_sent";
        };
    long millis =
        switch (ending) {
          case Ending.Answered answered -> answered.latencyMs();
          case Ending.TimedOut timedOut -> timedOut.latencyMs();
          case Ending.Applying _, Ending.NotSent _ -> 0;
        };
    Timer.builder("syris.tool.calls")
        .description("attempts at tool calls, from sending to answer")
        .tag("tool", ending.call().request().tool())
        .tag("outcome", outcome)
        .register(registry)
        .record(millis, TimeUnit.MILLISECONDS);
  }
}
