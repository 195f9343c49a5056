package dev.syris.task.intake;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of how far has been read. */
final class PositionTable {

  private static final String READ =
      "select partition, next_offset from task.intake_position where topic = :topic";

  /**
   * Two instances may overlap for a moment when partitions move; what both insert is inserted once.
   */
  private static final String ADVANCE =
      """
      insert into task.intake_position as position (topic, partition, next_offset, updated_at)
      values (:topic, :partition, :next, :now)
      on conflict (topic, partition) do update
         set next_offset = greatest(position.next_offset, excluded.next_offset), updated_at = excluded.updated_at
      """;

  private static final String PLACE =
      """
      insert into task.intake_position (topic, partition, next_offset, updated_at)
      values (:topic, :partition, :next, :now)
      on conflict (topic, partition) do update
         set next_offset = excluded.next_offset, updated_at = excluded.updated_at
      """;

  private final JdbcClient jdbc;

  PositionTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Map<TopicPartition, Long> read(String topic) {
    var positions = new HashMap<TopicPartition, Long>();
    jdbc.sql(READ)
        .param("topic", topic)
        .query(
            row -> {
              positions.put(
                  new TopicPartition(topic, row.getInt("partition")), row.getLong("next_offset"));
            });
    return positions;
  }

  /** Forward only. */
  void advance(TopicPartition partition, long next, Instant now) {
    write(ADVANCE, partition, next, now);
  }

  /** Anywhere. */
  void place(TopicPartition partition, long next, Instant now) {
    write(PLACE, partition, next, now);
  }

  private void write(String sql, TopicPartition partition, long next, Instant now) {
    jdbc.sql(sql)
        .param("topic", partition.topic())
        .param("partition", partition.partition())
        .param("next", next)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }
}
