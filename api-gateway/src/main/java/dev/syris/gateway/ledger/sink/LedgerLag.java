package dev.syris.gateway.ledger.sink;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/** How far the ledger is behind the topics, as of the last look. Thread-safe. */
public final class LedgerLag {

  private final Map<Source, Behind> behind = new ConcurrentHashMap<>();
  private final Map<Source, Instant> read = new ConcurrentHashMap<>();

  /** Records not yet written, and the time of the last one written. */
  private record Behind(long records, Instant since) {}

  /** Records of all topics that are committed there and not yet here. */
  public long records() {
    return behind.values().stream().mapToLong(Behind::records).sum();
  }

  /** For how long, on the topic that is furthest behind; zero where nothing waits. */
  public Duration time(Instant now) {
    return behind.keySet().stream()
        .map(source -> time(source, now))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  long records(Source source) {
    Behind found = behind.get(source);
    return found == null ? 0 : found.records;
  }

  Duration time(Source source, Instant now) {
    Behind found = behind.get(source);
    return found == null || found.records == 0 || now.isBefore(found.since)
        ? Duration.ZERO
        : Duration.between(found.since, now);
  }

  void written(Batch batch) {
    for (Batch.Item item : batch.items()) {
      read.put(Source.of(item.source().topic()), Instant.ofEpochMilli(item.source().timestamp()));
    }
  }

  void looked(
      Iterable<TopicPartition> partitions,
      Function<TopicPartition, OptionalLong> lag,
      Instant now) {
    var sums = new EnumMap<Source, Long>(Source.class);
    for (TopicPartition partition : partitions) {
      sums.merge(Source.of(partition.topic()), lag.apply(partition).orElse(0), Long::sum);
    }
    sums.forEach(
        (source, records) ->
            behind.put(source, new Behind(records, read.computeIfAbsent(source, _ -> now))));
  }
}
