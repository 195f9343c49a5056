package dev.syris.gateway.ledger.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BatchTest {

  private static final TopicPartition ZERO = new TopicPartition(Topics.EVENT.name(), 0);

  /**
   * However often a batch is halved, the parts written in turn do what the whole would have done.
   */
  @Property(tries = 300)
  void shouldMoveEachPartitionOverEachRecordOnceWhenHalved(
      @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 9) Integer> counts,
      @ForAll @IntRange(max = 3) int marksAtTheEnd) {
    // Given
    var records = new HashMap<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>();
    var ends = new HashMap<TopicPartition, OffsetAndMetadata>();
    var stands = new HashMap<TopicPartition, Position>();
    for (int p = 0; p < counts.size(); p++) {
      var partition = new TopicPartition(Topics.EVENT.name(), p);
      var list = new ArrayList<ConsumerRecord<byte[], byte[]>>();
      for (int i = 0; i < counts.get(p); i++) {
        // every second offset: transactions leave holes
        list.add(
            new ConsumerRecord<>(partition.topic(), p, 10 + 2L * i, null, new byte[] {(byte) i}));
      }
      records.put(partition, list);
      ends.put(partition, new OffsetAndMetadata(10 + 2L * list.size() + marksAtTheEnd));
      stands.put(partition, new Position(partition, "id", 10, null));
    }
    Batch batch = Batch.of(new ConsumerRecords<>(records, ends), stands);

    // When
    var written = new ArrayList<Batch.Item>();
    write(batch, stands, written);

    // Then
    assertThat(written).isEqualTo(batch.items());
    stands.forEach(
        (partition, position) ->
            assertThat(position.nextOffset()).isEqualTo(ends.get(partition).offset()));
  }

  private static void write(
      Batch batch, Map<TopicPartition, Position> stands, List<Batch.Item> written) {
    if (batch.items().size() > 1) {
      batch.halves().forEach(half -> write(half, stands, written));
      return;
    }
    batch
        .moves()
        .forEach(
            (partition, move) -> {
              assertThat(move.from().nextOffset()).isEqualTo(stands.get(partition).nextOffset());
              stands.put(partition, move.to());
            });
    for (Batch.Item item : batch.items()) {
      assertThat(stands.get(item.partition()).nextOffset()).isGreaterThan(item.source().offset());
    }
    written.addAll(batch.items());
  }

  @Test
  void shouldMoveWhenThereWasNothingButTheMarksOfTransactions() {
    // When
    var batch =
        Batch.of(
            new ConsumerRecords<>(Map.of(), Map.of(ZERO, new OffsetAndMetadata(7))),
            Map.of(ZERO, new Position(ZERO, "id", 5, null)));

    // Then
    assertThat(batch.isEmpty()).isFalse();
    assertThat(batch.items()).isEmpty();
    assertThat(batch.moves().get(ZERO).end()).isEqualTo(7);
  }

  @Test
  void shouldTurnARefusedRecordIntoADeadLetterOnce() {
    // Given
    byte[] value = "{".getBytes(StandardCharsets.UTF_8);
    var source = new ConsumerRecord<byte[], byte[]>(ZERO.topic(), 0, 5, null, value);
    var batch =
        Batch.of(
            new ConsumerRecords<>(
                Map.of(ZERO, List.of(source)), Map.of(ZERO, new OffsetAndMetadata(6))),
            Map.of(ZERO, new Position(ZERO, "id", 5, null)));

    // When
    Batch aside = batch.laidAside("too\u0000large");

    // Then
    assertThat(batch.isLaidAside()).isFalse();
    assertThat(aside.isLaidAside()).isTrue();
    assertThat(aside.moves()).isEqualTo(batch.moves());
    assertThat(aside.items().getFirst().entry())
        .isInstanceOfSatisfying(
            Entry.OfDeadLetter.class,
            found -> {
              assertThat(found.letter().payload()).isEqualTo(value);
              assertThat(found.letter().error()).isEqualTo("too\ufffdlarge");
            });
  }
}
