package dev.syris.benchmarks.spine;

import dev.syris.benchmarks.CpuUse;
import dev.syris.contracts.topic.Topics;
import dev.syris.pipeline.runtime.PipelineSettings;
import dev.syris.platform.kafka.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/**
 * One run of a topology over all preloaded events, under an application id of its own, with the
 * pipeline's own settings. The rate is taken between the first and the last committed offset seen,
 * so that starting is left out.
 */
final class Round {

  private static final Duration LOOK = Duration.ofMillis(20);

  private final KafkaSettings kafka;
  private final PipelineSettings settings;
  private final int events;

  Round(KafkaSettings kafka, PipelineSettings settings, int events) {
    this.kafka = kafka;
    this.settings = settings;
    this.events = events;
  }

  /** Events per second. */
  double run(String name, Supplier<Topology> topology, Path state) {
    Properties config = Setup.streams(kafka, settings, state);
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, name);
    config.put(StreamsConfig.CLIENT_ID_CONFIG, name);
    try (Admin admin = Admin.create(kafka.clientConfig())) {
      var streams = new KafkaStreams(topology.get(), config);
      try {
        streams.start();
        return measure(admin, name);
      } finally {
        streams.close(CloseOptions.timeout(Duration.ofSeconds(10)));
      }
    }
  }

  private double measure(Admin admin, String group) {
    long firstCount = 0;
    long firstAt = 0;
    CpuUse before = CpuUse.now();
    while (true) {
      long count = committed(admin, group);
      long now = System.nanoTime();
      if (firstCount == 0 && count > 0) {
        firstCount = count;
        firstAt = now;
        before = CpuUse.now();
      }
      if (count >= events) {
        double rate = (count - firstCount) * 1e9 / (now - firstAt);
        System.out.printf(
            Locale.ROOT,
            "%-14s %,10.0f events/s  CPU µs/event %s%n",
            group,
            rate,
            shown(before, count - firstCount));
        return rate;
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private static String shown(CpuUse before, long count) {
    return CpuUse.now().perThing(before, count).entrySet().stream()
        .map(use -> String.format(Locale.ROOT, "%s %.1f", use.getKey(), use.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static long committed(Admin admin, String group) {
    try {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      return offsets.entrySet().stream()
          .filter(
              offset ->
                  offset.getKey().topic().equals(Topics.RAW_EVENT.name())
                      && offset.getValue() != null)
          .mapToLong(offset -> offset.getValue().offset())
          .sum();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      return 0;
    }
  }
}
