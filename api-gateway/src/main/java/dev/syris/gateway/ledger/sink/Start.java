package dev.syris.gateway.ledger.sink;

import dev.syris.gateway.ledger.sink.Gap.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * From where each partition is read: the place in the database, unless the broker no longer has it.
 * Pure.
 */
sealed interface Start {

  Position position();

  /** It goes on where it was. */
  record Continued(Position position) implements Start {}

  /** It was never read, and has everything it ever had. */
  record First(Position position) implements Start {}

  /** Something was lost in between. */
  record AfterGap(Gap gap) implements Start {
    @Override
    public Position position() {
      return gap.after();
    }
  }

  /**
   * @param stored how far the database has come
   * @param topics what the broker has
   * @param diverged partitions whose log the consumer found to be another one than it had read
   */
  static List<Start> plan(
      Map<TopicPartition, Position> stored,
      Map<String, TopicState> topics,
      Set<TopicPartition> diverged) {
    var starts = new ArrayList<Start>();
    topics.forEach(
        (topic, state) ->
            state
                .ranges()
                .forEach(
                    (number, range) -> {
                      var partition = new TopicPartition(topic, number);
                      var earliest =
                          new Position(partition, state.topicId(), range.earliest(), null);
                      starts.add(
                          start(
                              stored.get(partition),
                              earliest,
                              range.end(),
                              diverged.contains(partition)));
                    }));
    starts.sort(
        Comparator.<Start, String>comparing(start -> start.position().partition().topic())
            .thenComparing(start -> start.position().partition().partition()));
    return starts;
  }

  private static Start start(
      @Nullable Position stored, Position earliest, long end, boolean diverged) {
    if (stored == null && earliest.nextOffset() == 0) {
      return new First(earliest);
    }
    if (stored == null) {
      var beginning = new Position(earliest.partition(), earliest.topicId(), 0, null);
      return new AfterGap(new Gap(Kind.EXPIRED, beginning, earliest));
    }
    if (!stored.topicId().equals(earliest.topicId())) {
      return new AfterGap(new Gap(Kind.RECREATED, stored, earliest));
    }
    if (stored.nextOffset() < earliest.nextOffset()) {
      return new AfterGap(new Gap(Kind.EXPIRED, stored, earliest));
    }
    if (stored.nextOffset() > end || diverged) {
      return new AfterGap(new Gap(Kind.TRUNCATED, stored, earliest));
    }
    return new Continued(stored);
  }
}
