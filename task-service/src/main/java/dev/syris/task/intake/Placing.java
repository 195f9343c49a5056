package dev.syris.task.intake;

import dev.syris.contracts.json.Json;
import dev.syris.task.alarm.Alarms;
import dev.syris.task.alarm.Finding;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts a consumer where it is to read on; what was lost on the way is an alarm, never silence. */
final class Placing {

  private static final Logger LOG = LoggerFactory.getLogger(Placing.class);

  private final PositionTable positions;
  private final Alarms alarms;
  private final TransactionTemplate transaction;
  private final InstantSource clock;

  Placing(JdbcClient jdbc, TransactionTemplate transaction, InstantSource clock, Alarms alarms) {
    this.positions = new PositionTable(jdbc);
    this.alarms = alarms;
    this.transaction = transaction;
    this.clock = clock;
  }

  void place(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
    for (TopicPartition partition : partitions) {
      Long recorded = positions.read(partition.topic()).get(partition);
      OffsetAndMetadata group = committed.get(partition);
      Placement placement =
          Placement.of(
              recorded,
              group == null ? null : group.offset(),
              begins.getOrDefault(partition, 0L),
              ends.getOrDefault(partition, 0L));
      if (placement.alarm() != null) {
        raise(partition, placement.offset(), placement.alarm());
      }
      consumer.seek(partition, placement.offset());
    }
  }

  private void raise(TopicPartition partition, long offset, String gap) {
    LOG.error("{}: {}; reading on at offset {}", partition, gap, offset);
    transaction.executeWithoutResult(
        _ -> {
          Instant now = clock.instant();
          positions.place(partition, offset, now);
          alarms.raise(finding(partition, offset, gap));
        });
  }

  private static Finding finding(TopicPartition partition, long offset, String gap) {
    return Finding.of(
        "intake.gap",
        Finding.Severity.CRITICAL,
        "intake.gap:" + partition,
        "Tool calls may be lost: in %s, %s".formatted(partition, gap),
        Json.object()
            .put("topic", partition.topic())
            .put("partition", partition.partition())
            .put("offset", offset));
  }
}
