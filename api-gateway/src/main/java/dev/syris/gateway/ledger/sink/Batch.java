package dev.syris.gateway.ledger.sink;

import dev.syris.gateway.ledger.artifact.DeadLetter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What goes into one transaction: entries, and from where to where each partition moves by them.
 * Immutable.
 *
 * @param moves also of partitions that moved past records nobody sees, such as the marks of
 *     transactions
 */
record Batch(List<Item> items, Map<TopicPartition, Move> moves) {

  private static final String REFUSED = "record.refused";

  /** An entry and the record it was read from. */
  record Item(ConsumerRecord<byte[], byte[]> source, Entry entry) {

    TopicPartition partition() {
      return new TopicPartition(source.topic(), source.partition());
    }
  }

  /** A partition moves from a position to the offset {@code end}, which is the next to be read. */
  record Move(Position from, long end, @Nullable Integer leaderEpoch) {

    TopicPartition partition() {
      return from.partition();
    }

    long start() {
      return from.nextOffset();
    }

    Position to() {
      return new Position(from.partition(), from.topicId(), end, leaderEpoch);
    }

    Move until(long cut) {
      return new Move(from, cut, leaderEpoch);
    }

    Move since(long cut) {
      return new Move(until(cut).to(), end, leaderEpoch);
    }
  }

  Batch {
    items = List.copyOf(items);
    moves = Map.copyOf(moves);
  }

  /**
   * @param stands where each partition stood before
   */
  static Batch of(ConsumerRecords<byte[], byte[]> records, Map<TopicPartition, Position> stands) {
    var items = new ArrayList<Item>(records.count());
    records.forEach(source -> items.add(new Item(source, EntryReader.read(source))));
    var moves = new HashMap<TopicPartition, Move>();
    for (Map.Entry<TopicPartition, OffsetAndMetadata> moved : records.nextOffsets().entrySet()) {
      Position from =
          Objects.requireNonNull(stands.get(moved.getKey()), "a partition that was not assigned");
      long end = moved.getValue().offset();
      if (end != from.nextOffset()) {
        moves.put(
            from.partition(), new Move(from, end, moved.getValue().leaderEpoch().orElse(null)));
      }
    }
    return new Batch(items, moves);
  }

  boolean isEmpty() {
    return moves.isEmpty();
  }

  <E extends Entry, T> List<T> only(Class<E> kind, Function<E, T> content) {
    return items.stream()
        .map(Item::entry)
        .filter(kind::isInstance)
        .map(kind::cast)
        .map(content)
        .toList();
  }

  /** The same records in two batches to be written one after the other; only for more than one. */
  List<Batch> halves() {
    List<Item> head = items.subList(0, items.size() / 2);
    List<Item> tail = items.subList(items.size() / 2, items.size());
    var first = new HashMap<TopicPartition, Move>();
    var second = new HashMap<TopicPartition, Move>();
    for (Move move : moves.values()) {
      long cut = firstOffset(tail, move);
      if (cut > move.start()) {
        first.put(move.partition(), move.until(cut));
      }
      if (cut < move.end()) {
        second.put(move.partition(), move.since(cut));
      }
    }
    return List.of(new Batch(head, first), new Batch(tail, second));
  }

  /** Where the tail begins in a partition; its end where the tail has nothing of it. */
  private static long firstOffset(List<Item> tail, Move move) {
    return tail.stream()
        .filter(item -> item.partition().equals(move.partition()))
        .mapToLong(item -> item.source().offset())
        .min()
        .orElse(move.end());
  }

  /** A batch of one, with a dead letter in the place of what the database would not take. */
  Batch laidAside(String error) {
    ConsumerRecord<byte[], byte[]> source = items.getFirst().source();
    var letter = DeadLetterReader.laidAside(source, REFUSED, error);
    return new Batch(List.of(new Item(source, new Entry.OfDeadLetter(letter))), moves);
  }

  /** Whether this is what {@link #laidAside} gave. */
  boolean isLaidAside() {
    return items.size() == 1
        && items.getFirst().entry() instanceof Entry.OfDeadLetter(DeadLetter letter)
        && letter.reason().equals(REFUSED);
  }

  /** How many records are not what their topic holds. */
  long malformed() {
    return items.stream()
        .filter(item -> item.entry() instanceof Entry.OfDeadLetter)
        .filter(item -> Source.of(item.source().topic()) != Source.DEAD_LETTER)
        .count();
  }
}
