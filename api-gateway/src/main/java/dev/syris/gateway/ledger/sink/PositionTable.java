package dev.syris.gateway.ledger.sink;

import dev.syris.gateway.ledger.sink.Batch.Move;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where the ledger reads on. Every change says from where it starts, and is refused where that is
 * no longer true.
 */
final class PositionTable {

  private static final String ALL =
      "select topic, partition, topic_id, next_offset, leader_epoch from ledger.topic_position";

  private static final String MOVE =
      """
      update ledger.topic_position as position
         set next_offset = move.next_offset, leader_epoch = move.leader_epoch, updated_at = now()
        from unnest(cast(:topics as text[]), cast(:partitions as integer[]), cast(:topic_ids as text[]),
                    cast(:starts as bigint[]), cast(:ends as bigint[]), cast(:epochs as integer[]))
             as move (topic, partition, topic_id, start, next_offset, leader_epoch)
       where position.topic = move.topic
         and position.partition = move.partition
         and position.topic_id = move.topic_id
         and position.next_offset = move.start
      """;

  private static final String CREATE =
      """
      insert into ledger.topic_position (topic, partition, topic_id, next_offset)
      values (:topic, :partition, :topic_id, :next_offset)
      on conflict do nothing
      """;

  private static final String RESET =
      """
      update ledger.topic_position
         set topic_id = :topic_id, next_offset = :next_offset, leader_epoch = null, updated_at = now()
       where topic = :topic
         and partition = :partition
         and topic_id = :topic_id_before
         and next_offset = :next_offset_before
      """;

  private final JdbcClient jdbc;

  PositionTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Map<TopicPartition, Position> all() {
    return jdbc
        .sql(ALL)
        .query(
            (row, _) ->
                new Position(
                    new TopicPartition(row.getString("topic"), row.getInt("partition")),
                    row.getString("topic_id"),
                    row.getLong("next_offset"),
                    row.getObject("leader_epoch", Integer.class)))
        .list()
        .stream()
        .collect(Collectors.toMap(Position::partition, Function.identity()));
  }

  /** False where any partition is not where the move starts: somebody else has written on. */
  boolean move(Collection<Move> moves) {
    List<Move> all = List.copyOf(moves);
    int moved =
        jdbc.sql(MOVE)
            .param("topics", texts(all, move -> move.partition().topic()))
            .param("partitions", texts(all, move -> move.partition().partition()))
            .param("topic_ids", texts(all, move -> move.from().topicId()))
            .param("starts", texts(all, Move::start))
            .param("ends", texts(all, Move::end))
            .param("epochs", texts(all, Move::leaderEpoch))
            .update();
    return moved == all.size();
  }

  /** False where it is there already. */
  boolean create(Position position) {
    return jdbc.sql(CREATE)
            .param("topic", position.partition().topic())
            .param("partition", position.partition().partition())
            .param("topic_id", position.topicId())
            .param("next_offset", position.nextOffset())
            .update()
        == 1;
  }

  /** Goes on from elsewhere; false where it was not at {@code before}. */
  boolean reset(Position before, Position after) {
    return jdbc.sql(RESET)
            .param("topic", after.partition().topic())
            .param("partition", after.partition().partition())
            .param("topic_id", after.topicId())
            .param("next_offset", after.nextOffset())
            .param("topic_id_before", before.topicId())
            .param("next_offset_before", before.nextOffset())
            .update()
        == 1;
  }

  private static @Nullable String[] texts(
      List<Move> moves, Function<Move, @Nullable Object> column) {
    return moves.stream()
        .map(column)
        .map(value -> value == null ? null : value.toString())
        .toArray(String[]::new);
  }
}
