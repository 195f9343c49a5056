package dev.syris.pipeline.runtime;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The life of the Streams client: starts with the context, stops without leaving the group, so that
 * a restarted instance has its tasks at once. Thread-safe.
 */
public final class StreamsRunner implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(StreamsRunner.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private final Supplier<Topology> topology;
  private final Properties config;
  private final InstantSource clock;
  private final Consumer<Throwable> onFatal;
  private final FailurePolicy policy = new FailurePolicy();
  private volatile @Nullable KafkaStreams streams;
  private volatile @Nullable Throwable fatal;

  /**
   * @param onFatal told once when the pipeline can't go on, on a thread that must not be kept
   */
  public StreamsRunner(
      Supplier<Topology> topology,
      Properties config,
      InstantSource clock,
      Consumer<Throwable> onFatal) {
    this.topology = topology;
    this.config = config;
    this.clock = clock;
    this.onFatal = onFatal;
  }

  @Override
  public void start() {
    var started = new KafkaStreams(topology.get(), config);
    started.setUncaughtExceptionHandler(this::threadDied);
    started.setStateListener((now, before) -> LOG.info("pipeline is {} (was {})", now, before));
    streams = started;
    started.start();
  }

  @Override
  public void stop() {
    KafkaStreams running = streams;
    streams = null;
    if (running != null && !running.close(CloseOptions.timeout(STOP_TIMEOUT))) {
      LOG.warn(
          "the pipeline did not stop within {}; its open transaction will be aborted",
          STOP_TIMEOUT);
    }
  }

  @Override
  public boolean isRunning() {
    return streams != null;
  }

  /** Why the pipeline can't go on; null while it can. */
  @Nullable Throwable fatal() {
    return fatal;
  }

  KafkaStreams.State state() {
    KafkaStreams running = streams;
    return running == null ? KafkaStreams.State.NOT_RUNNING : running.state();
  }

  /** Records that are there and not processed yet, as of the last fetch. */
  long lag() {
    KafkaStreams running = streams;
    return running == null
        ? 0
        : running.metrics().entrySet().stream()
            .filter(metric -> partitionLag(metric.getKey()))
            .mapToLong(
                metric ->
                    metric.getValue().metricValue() instanceof Double lag && lag > 0
                        ? lag.longValue()
                        : 0)
            .sum();
  }

  private static boolean partitionLag(MetricName name) {
    return name.name().equals("records-lag")
        && name.group().equals("consumer-fetch-manager-metrics")
        && !name.tags().getOrDefault("client-id", "").endsWith("restore-consumer");
  }

  private StreamThreadExceptionResponse threadDied(Throwable fault) {
    if (policy.replace(fault, clock.instant())) {
      LOG.warn("a stream thread died and is replaced", fault);
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    LOG.error(
        "the pipeline stops: a stream thread died of something another one would die of too",
        fault);
    fatal = fault;
    onFatal.accept(fault);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }
}
