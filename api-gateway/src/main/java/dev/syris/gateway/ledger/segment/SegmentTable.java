package dev.syris.gateway.ledger.segment;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The open segment, and the functions of the owner that a service may call. */
final class SegmentTable {

  private static final String OPEN =
      "select segment_id, first_sequence, opened_at from ledger.segment where sealed_at is null";
  private static final String SEAL = "select ledger.seal_segment(:expected)";
  private static final String DROP =
      "select ledger.drop_oldest_segment(make_interval(secs => :seconds))";
  private static final String FORGET =
      "select ledger.forget(make_interval(secs => :seconds), :most)";

  private final JdbcClient jdbc;

  SegmentTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The segment rows go to. */
  record Open(long segmentId, long firstSequence, Instant openedAt) {}

  Open open() {
    return jdbc.sql(OPEN)
        .query(
            (row, _) ->
                new Open(
                    row.getLong("segment_id"),
                    row.getLong("first_sequence"),
                    row.getObject("opened_at", OffsetDateTime.class).toInstant()))
        .single();
  }

  /** The segment sealed; nothing where it was not the open one, or is empty. */
  Optional<Long> seal(long segmentId) {
    return jdbc.sql(SEAL).param("expected", segmentId).query(Long.class).optional();
  }

  /** The segment dropped; nothing where none is old enough. */
  Optional<Long> dropOldest(Duration retention) {
    return jdbc.sql(DROP)
        .param("seconds", (double) retention.toSeconds())
        .query(Long.class)
        .optional();
  }

  /**
   * Deletes what only dropped segments told of: events, decisions, traces, dead letters, payloads.
   *
   * @param most rows of each at one time
   * @return how many rows went; where there were any, there may be more
   */
  long forget(Duration retention, int most) {
    return jdbc.sql(FORGET)
        .param("seconds", (double) retention.toSeconds())
        .param("most", most)
        .query(Long.class)
        .single();
  }
}
