package dev.syris.gateway.health;

import dev.syris.contracts.tool.ToolCallStatus;
import dev.syris.gateway.health.StateReader.Counts;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The state as gauges; one scrape reads it once. */
final class GatewayMetrics {

  private final SystemState state;
  private final InstantSource clock;
  private final MeterRegistry registry;

  private GatewayMetrics(SystemState state, InstantSource clock, MeterRegistry registry) {
    this.state = state;
    this.clock = clock;
    this.registry = registry;
  }

  static void register(SystemState state, InstantSource clock, MeterRegistry registry) {
    var metrics = new GatewayMetrics(state, clock, registry);
    metrics.counts();
    metrics.parts();
  }

  private void counts() {
    gauge("syris.timers.pending", "timers that have not fired", now -> now.timers().count());
    gauge("syris.ledger.sequence", "newest audit record", now -> now.ledger().count());
    gauge(
        "syris.outbox.depth",
        "transactions the broker has not been told of",
        now -> now.outbox().count());
    gauge("syris.outbox.oldest.seconds", "age of the oldest of them", now -> age(now.outbox()));
    gauge(
        "syris.tool.calls.oldest.seconds",
        "age of the oldest call that is not over",
        now -> age(now.oldestCall()));
    gauge(
        "syris.approvals.pending",
        "approvals somebody is to answer",
        now -> now.of(StateReader.APPROVALS, "pending"));
    gauge(
        "syris.schedules.enabled",
        "schedules, timers and alarm clocks that will be due",
        now -> now.of(StateReader.SCHEDULES, "enabled"));
    gauge("syris.paused", "1 where nothing new is started", now -> now.controls().paused() ? 1 : 0);
    for (ToolCallStatus status : ToolCallStatus.values()) {
      gauge(
          "syris.tool.calls",
          Tags.of("status", status.wire()),
          "tool calls by what became of them",
          now -> now.of(StateReader.TOOL_CALLS, status.wire()));
    }
    for (String severity : List.of("warning", "error", "critical")) {
      gauge(
          "syris.alarms.open",
          Tags.of("severity", severity),
          "alarms nobody has taken note of",
          now -> now.openAlarms().getOrDefault(severity, 0L));
    }
  }

  private void parts() {
    for (String part : List.of("pipeline", "ledger")) {
      Gauge.builder(
              "syris.lag", this, me -> me.state.lag(part).map(Long::doubleValue).orElse(Double.NaN))
          .tag("part", part)
          .description("records a part is behind")
          .register(registry);
    }
    for (String part : state.parts()) {
      Gauge.builder("syris.up", this, me -> me.state.up(part) ? 1 : 0)
          .tag("part", part)
          .description("1 where a part is up")
          .register(registry);
    }
  }

  private void gauge(String name, String description, ToDoubleFunction<Counts> value) {
    gauge(name, Tags.empty(), description, value);
  }

  private void gauge(String name, Tags tags, String description, ToDoubleFunction<Counts> value) {
    Gauge.builder(name, this, me -> me.count(value))
        .tags(tags)
        .description(description)
        .register(registry);
  }

  private double count(ToDoubleFunction<Counts> value) {
    return state.counts().map(value::applyAsDouble).orElse(Double.NaN);
  }

  private double age(StateReader.Counted counted) {
    return counted.time() == null
        ? 0
        : Duration.between(counted.time(), clock.instant()).toMillis() / 1000.0;
  }
}
