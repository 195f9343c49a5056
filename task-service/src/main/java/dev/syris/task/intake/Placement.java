package dev.syris.task.intake;

import org.jspecify.annotations.Nullable;

/**
 * Where to read on in a partition. Pure.
 *
 * @param offset of the next record to read
 * @param alarm what is wrong, as a sentence; null where nothing is
 */
record Placement(long offset, @Nullable String alarm) {

  /**
   * Rows and offset are written together, so what the database says holds. What the broker says
   * holds where the database says nothing: with a new database nothing is done twice. Only where
   * neither says anything does reading start at the beginning.
   *
   * @param recorded next offset as the database has it
   * @param committed next offset as the consumer group has it
   * @param begin offset of the oldest record that is still there
   * @param end offset after the newest one
   */
  static Placement of(@Nullable Long recorded, @Nullable Long committed, long begin, long end) {
    if (recorded != null) {
      return within(recorded, begin, end);
    }
    if (committed != null) {
      Placement placed = within(committed, begin, end);
      String lost =
          "the database does not know how far it had read; the broker says offset " + committed;
      return new Placement(
          placed.offset(), placed.alarm() == null ? lost : lost + "; " + placed.alarm());
    }
    return within(0, begin, end);
  }

  private static Placement within(long offset, long begin, long end) {
    if (offset < begin) {
      return new Placement(
          begin,
          "%d records from offset %d on expired before they were read"
              .formatted(begin - offset, offset));
    }
    if (offset > end) {
      return new Placement(
          begin,
          "the topic ends at offset %d, and it had been read up to %d: it was cut or made anew; reading all there is"
              .formatted(end, offset));
    }
    return new Placement(offset, null);
  }
}
