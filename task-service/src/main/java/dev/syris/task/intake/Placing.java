package dev.syris.task.intake;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.AuditType;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.Json;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.outbox.OutboxRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
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
  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final InstantSource clock;

  Placing(JdbcClient jdbc, Outbox outbox, TransactionTemplate transaction, InstantSource clock) {
    this.positions = new PositionTable(jdbc);
    this.outbox = outbox;
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

  private void raise(TopicPartition partition, long offset, String alarm) {
    LOG.error("{}: {}; reading on at offset {}", partition, alarm, offset);
    transaction.executeWithoutResult(
        _ -> {
          Instant now = clock.instant();
          positions.place(partition, offset, now);
          outbox.append(List.of(OutboxRecord.audit(audit(partition, offset, alarm, now))));
        });
  }

  private static AuditEvent audit(
      TopicPartition partition, long offset, String alarm, Instant now) {
    String at = now.toString();
    var details =
        Json.object()
            .put("alarm_type", "intake.gap")
            .put("severity", "critical")
            .put("dedupe_key", "intake.gap:" + partition)
            .put("topic", partition.topic())
            .put("partition", partition.partition())
            .put("offset", offset);
    return AuditEvent.of(
            AuditType.ALARM_RAISED,
            new AuditId(Uuids.named("audit", "intake.gap", partition.toString(), at)),
            new TraceId(Uuids.named("trace", "intake.gap", partition.toString(), at)),
            now)
        .actor(AuditActor.system("task-service"))
        .details(details)
        .say("Tool calls may be lost: in %s, %s".formatted(partition, alarm));
  }
}
