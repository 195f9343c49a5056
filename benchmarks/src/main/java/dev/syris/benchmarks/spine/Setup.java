package dev.syris.benchmarks.spine;

import dev.syris.pipeline.PipelineTopology;
import dev.syris.pipeline.flow.Connectors;
import dev.syris.pipeline.route.Filters;
import dev.syris.pipeline.runtime.PipelineSettings;
import dev.syris.pipeline.runtime.StreamsSettings;
import dev.syris.platform.kafka.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.streams.Topology;

/**
 * The pipeline as it ships, but for what system properties say: {@code threads} (1), {@code commit}
 * (100) and {@code poll} (100) in milliseconds, and any setting of Kafka Streams after {@code
 * streams.}, such as {@code streams.producer.linger.ms}.
 */
final class Setup {

  private static final String OVERRIDE = "streams.";

  private Setup() {}

  static PipelineSettings pipeline() {
    int commit = Integer.getInteger("commit", 100);
    return new PipelineSettings(
        "0",
        Integer.getInteger("threads", 1),
        Duration.ofMillis(commit),
        Duration.ofMillis(Math.min(commit, Integer.getInteger("poll", 100))),
        8,
        Set.of());
  }

  static Properties streams(KafkaSettings kafka, PipelineSettings pipeline, Path state) {
    Properties config = StreamsSettings.of(kafka, pipeline, state);
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith(OVERRIDE)) {
        config.put(name.substring(OVERRIDE.length()), System.getProperty(name));
      }
    }
    return config;
  }

  static Supplier<Topology> topology() {
    return new PipelineTopology(
        new PipelineTopology.Settings(
            new Connectors(Map.of()), new Filters(8, Set.of()), ZoneOffset.UTC));
  }
}
