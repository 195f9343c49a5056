package dev.syris.gateway.ledger.sink;

import dev.syris.gateway.ledger.chain.ChainHead;
import dev.syris.gateway.ledger.sink.LedgerWriter.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * From taking up the topics where the database says to the first thing that goes wrong; then a new
 * one begins. What it knows of the head and the positions is only ever what it wrote itself. For
 * one thread.
 */
final class LedgerSession {

  private static final Logger LOG = LoggerFactory.getLogger(LedgerSession.class);
  private static final Duration POLL = Duration.ofSeconds(1);

  /**
   * How long rows of a topic made anew may be written before it is noticed; they are told apart by
   * their ids then.
   */
  private static final Duration CHECK_BUSY = Duration.ofSeconds(1);

  private static final Duration CHECK_IDLE = Duration.ofSeconds(10);

  private final LedgerParts parts;
  private final Consumer<byte[], byte[]> consumer;
  private final TopicStates topics;
  private final Map<TopicPartition, Position> stands = new HashMap<>();
  private ChainHead head = ChainHead.EMPTY;
  private Instant checked = Instant.MIN;

  LedgerSession(LedgerParts parts, Consumer<byte[], byte[]> consumer, TopicStates topics) {
    this.parts = parts;
    this.consumer = consumer;
    this.topics = topics;
  }

  /**
   * Reads where the ledger stands, compares that with what the broker has, tells of what is lost,
   * and starts reading.
   *
   * @param diverged partitions the consumer found to be other ones than it had read
   */
  void begin(Set<TopicPartition> diverged) {
    head = parts.tables().chain().head();
    Map<TopicPartition, Position> stored = parts.tables().positions().all();
    Instant now = parts.clock().instant();
    List<Start> starts = Start.plan(stored, topics.all(), diverged);
    if (starts.stream().anyMatch(start -> !(start instanceof Start.Continued))) {
      head = parts.writer().begin(starts, head, now);
    }
    starts.forEach(start -> stands.put(start.position().partition(), start.position()));
    tell(starts);
    checked = now;
    parts.commits().committed(head.sequence());
    consumer.assign(stands.keySet());
    stands.values().forEach(this::seek);
  }

  private void tell(List<Start> starts) {
    List<Gap> gaps =
        starts.stream()
            .filter(Start.AfterGap.class::isInstance)
            .map(s -> ((Start.AfterGap) s).gap())
            .toList();
    gaps.forEach(gap -> LOG.error("{}", gap.told()));
    parts.meters().gaps(gaps.size());
    parts.status().gapAt(parts.tables().gaps().latest().orElse(null));
  }

  private void seek(Position position) {
    consumer.seek(
        position.partition(),
        new OffsetAndMetadata(
            position.nextOffset(), Optional.ofNullable(position.leaderEpoch()), ""));
  }

  /** Waits for records and writes what came. */
  void step() {
    Batch batch = Batch.of(consumer.poll(POLL), stands);
    checkTopics(batch.isEmpty() ? CHECK_IDLE : CHECK_BUSY);
    if (!batch.isEmpty()) {
      write(batch);
    }
    parts.status().running();
    parts.lag().looked(stands.keySet(), consumer::currentLag, parts.clock().instant());
    parts.segments().maintain(head.sequence());
  }

  private void checkTopics(Duration every) {
    Instant now = parts.clock().instant();
    if (now.isBefore(checked.plus(every))) {
      return;
    }
    Map<String, String> ids = topics.ids();
    for (Position position : stands.values()) {
      if (!position.topicId().equals(ids.get(position.partition().topic()))) {
        throw new TopicChangedException(position.partition().topic());
      }
    }
    checked = now;
  }

  /** Halves what the database refuses until the one record is found that it can't take. */
  private void write(Batch batch) {
    try {
      commit(batch);
    } catch (DataAccessException e) {
      String refusal = Refusal.of(e);
      if (refusal == null || batch.items().isEmpty() || batch.isLaidAside()) {
        throw e;
      }
      if (batch.items().size() == 1) {
        LOG.warn("laid a record aside, see /dead-letters: {}", refusal);
        write(batch.laidAside(refusal));
      } else {
        batch.halves().forEach(this::write);
      }
    }
  }

  private void commit(Batch batch) {
    long begun = System.nanoTime();
    Written written = parts.writer().write(batch, head);
    head = written.head();
    batch.moves().forEach((partition, move) -> stands.put(partition, move.to()));
    parts.commits().committed(head.sequence());
    parts.lag().written(batch);
    parts.meters().written(written, Duration.ofNanos(System.nanoTime() - begun));
    parts.meters().malformed(batch.malformed());
  }
}
