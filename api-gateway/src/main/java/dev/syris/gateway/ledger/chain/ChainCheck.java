package dev.syris.gateway.ledger.chain;

import dev.syris.contracts.json.InstantCodec;
import dev.syris.gateway.ledger.chain.Verification.Invalid;
import dev.syris.gateway.ledger.reading.Leaves;
import dev.syris.gateway.ledger.reading.MalformedRecordException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks the trail row by row and tells the first thing that is wrong: a row changed in any column,
 * missing, added, moved, or a seal that does not fit. Not thread-safe; no I/O.
 */
final class ChainCheck {

  private final ChainHead head;
  private final Deque<Seal> ahead = new ArrayDeque<>();
  private long sequence;
  private ChainHash hash;
  private long rows;

  /**
   * @param head as the database has it
   * @param seals of all segments, in order
   */
  ChainCheck(ChainHead head, List<Seal> seals) {
    this.head = head;
    this.sequence = 0;
    this.hash = ChainHash.GENESIS;
    seals.forEach(ahead::add);
  }

  long rows() {
    return rows;
  }

  /** Passes over what was dropped; to be called first. */
  @Nullable Invalid begin() {
    while (!ahead.isEmpty() && ahead.element().dropped()) {
      Seal seal = ahead.remove();
      Invalid invalid = fit(seal);
      if (invalid != null) {
        return invalid;
      }
      sequence = seal.lastSequence();
      hash = seal.lastHash();
    }
    return ahead.isEmpty() ? null : fit(ahead.element());
  }

  /** The next row by sequence. */
  @Nullable Invalid accept(ChainRow row) {
    if (row.sequence() > head.sequence() && sequence == head.sequence()) {
      return new Invalid(
          row.sequence(), "the row is not the ledger's: the chain ends at " + head.sequence());
    }
    if (row.sequence() <= sequence) {
      return new Invalid(row.sequence(), "the row is not the ledger's: the trail begins behind it");
    }
    if (row.sequence() != sequence + 1) {
      return missing(sequence + 1, Math.min(row.sequence() - 1, head.sequence()));
    }
    String wrong = wrongWith(row);
    if (wrong != null) {
      return new Invalid(row.sequence(), wrong);
    }
    sequence = row.sequence();
    hash = row.hash();
    rows++;
    return atSeal();
  }

  /** To be called after the last row. */
  @Nullable Invalid end() {
    if (sequence < head.sequence()) {
      return missing(sequence + 1, head.sequence());
    }
    if (sequence > head.sequence()) {
      return new Invalid(
          head.sequence() + 1,
          "the head is at %d, behind what was sealed".formatted(head.sequence()));
    }
    return hash.equals(head.hash())
        ? null
        : new Invalid(sequence, "the last row's hash is not the head's");
  }

  private @Nullable String wrongWith(ChainRow row) {
    try {
      Leaves body = AuditRecord.LEAVES.in(row.body());
      if (body.number("sequence") != row.sequence()) {
        return "the row holds the body of sequence " + body.number("sequence");
      }
      String column = differing(row, body);
      if (column != null) {
        return "column " + column + " does not say what the body says";
      }
    } catch (MalformedRecordException e) {
      return "the body is no audit record: " + e.getMessage();
    }
    return hash.next(row.body()).equals(row.hash())
        ? null
        : "the hash does not follow from the row before and the body: one of the two rows was changed";
  }

  private static @Nullable String differing(ChainRow row, Leaves body)
      throws MalformedRecordException {
    if (!body.text("recorded_at").equals(wire(row.recordedAt()))) {
      return "recorded_at";
    }
    AuditColumns kept = row.columns();
    AuditColumns said = AuditColumns.of(body);
    if (kept.equals(said)) {
      return null;
    }
    Map<String, Optional<Object>> keptByName = kept.byName();
    return said.byName().entrySet().stream()
        .filter(column -> !column.getValue().equals(keptByName.get(column.getKey())))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /** Bodies have milliseconds; a column that has more was changed. */
  private static String wire(Instant recordedAt) {
    return recordedAt.getNano() % 1_000_000 == 0
        ? InstantCodec.format(recordedAt)
        : recordedAt.toString();
  }

  private @Nullable Invalid atSeal() {
    if (ahead.isEmpty() || ahead.element().lastSequence() != sequence) {
      return null;
    }
    Seal seal = ahead.remove();
    if (!seal.lastHash().equals(hash)) {
      return new Invalid(
          sequence, "segment %d was sealed with another last hash".formatted(seal.segmentId()));
    }
    return ahead.isEmpty() ? null : fit(ahead.element());
  }

  /** Whether a segment follows where we are, and its count is that of its sequences. */
  private @Nullable Invalid fit(Seal seal) {
    if (seal.firstSequence() != sequence + 1 || !seal.firstPrevious().equals(hash)) {
      return new Invalid(
          seal.firstSequence(),
          "segment %d does not follow sequence %d".formatted(seal.segmentId(), sequence));
    }
    if (seal.rows() != seal.lastSequence() - seal.firstSequence() + 1) {
      return new Invalid(
          seal.firstSequence(),
          "segment %d was sealed with %d rows from %d to %d"
              .formatted(seal.segmentId(), seal.rows(), seal.firstSequence(), seal.lastSequence()));
    }
    return null;
  }

  private static Invalid missing(long first, long last) {
    return new Invalid(
        first,
        first == last ? "the row is missing" : "rows %d to %d are missing".formatted(first, last));
  }
}
