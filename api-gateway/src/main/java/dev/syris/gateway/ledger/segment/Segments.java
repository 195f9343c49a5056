package dev.syris.gateway.ledger.segment;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Seals the open segment when it is full or old, drops sealed ones past the retention, and deletes,
 * batch by batch, what only those told of. Costs nothing between the looks: one a minute, one when
 * a segment is full, one a second while there is something to delete. A lock that others hold is
 * not waited for long; the next look comes. Not thread-safe.
 */
public final class Segments {

  private static final Logger LOG = LoggerFactory.getLogger(Segments.class);
  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
  private static final Duration GO_ON_AFTER = Duration.ofSeconds(1);
  private static final int BATCH = 2_000;

  private final SegmentTable table;
  private final SegmentSettings settings;
  private final InstantSource clock;

  private SegmentTable.@Nullable Open open;
  private Instant nextLook = Instant.MIN;

  public Segments(JdbcClient jdbc, SegmentSettings settings, InstantSource clock) {
    this.table = new SegmentTable(jdbc);
    this.settings = settings;
    this.clock = clock;
  }

  /** To be called outside a transaction, whenever the chain has grown and now and then. */
  public void maintain(long headSequence) {
    Instant now = clock.instant();
    boolean look = !now.isBefore(nextLook);
    if (!look && !full(headSequence)) {
      return;
    }
    nextLook = now.plus(LOOK_EVERY);
    try {
      look(headSequence, now);
    } catch (DataAccessException e) {
      open = null;
      LOG.warn(
          "the segments of the audit trail could not be looked after, will try again: {}",
          e.toString());
    }
  }

  private boolean full(long headSequence) {
    return open != null && headSequence - open.firstSequence() + 1 >= settings.rows();
  }

  private void look(long headSequence, Instant now) {
    SegmentTable.Open current = table.open();
    boolean rows = headSequence >= current.firstSequence();
    boolean old = !now.isBefore(current.openedAt().plus(settings.age()));
    if (rows && (old || headSequence - current.firstSequence() + 1 >= settings.rows())) {
      table
          .seal(current.segmentId())
          .ifPresent(id -> LOG.info("sealed segment {} of the audit trail", id));
      current = table.open();
    }
    open = current;
    table
        .dropOldest(settings.retention())
        .ifPresent(id -> LOG.info("dropped segment {} of the audit trail; its seal stays", id));
    if (table.forget(settings.retention(), BATCH) > 0) {
      nextLook = now.plus(GO_ON_AFTER);
    }
  }
}
