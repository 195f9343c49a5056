package dev.syris.pipeline.runtime;

import dev.syris.platform.health.HealthProbe;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;

/** Up while every task is restored and processes; Streams is RUNNING then and only then. */
public final class PipelineProbe implements HealthProbe {

  private final StreamsRunner runner;

  public PipelineProbe(StreamsRunner runner, MeterRegistry meters) {
    this.runner = runner;
    Gauge.builder("syris.pipeline.lag", runner, StreamsRunner::lag)
        .description("records that are there and not processed yet")
        .register(meters);
    Gauge.builder("syris.pipeline.up", this, probe -> probe.check().up() ? 1 : 0)
        .description("1 while every task processes")
        .register(meters);
  }

  @Override
  public String name() {
    return "pipeline";
  }

  @Override
  public Result check() {
    Throwable fatal = runner.fatal();
    if (fatal != null) {
      return Result.down("stopped: " + fatal.getClass().getSimpleName());
    }
    KafkaStreams.State state = runner.state();
    return new Result(
        state == KafkaStreams.State.RUNNING, Map.of("state", state.name(), "lag", runner.lag()));
  }
}
