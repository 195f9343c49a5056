package dev.syris.gateway.ledger.sink;

import java.util.Locale;

/**
 * A place where the ledger can't go on as it wanted to.
 *
 * @param kind why
 * @param before where it stood
 * @param after where it goes on
 */
record Gap(Kind kind, Position before, Position after) {

  enum Kind {
    /** Records were deleted before they were read. */
    EXPIRED,
    /** The broker lost records the ledger has, and may have put others in their place. */
    TRUNCATED,
    /** The topic is another one of the same name. */
    RECREATED;

    String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A sentence. */
  String told() {
    String where = "%s-%d".formatted(before.partition().topic(), before.partition().partition());
    return switch (kind) {
      case EXPIRED ->
          "Records %d to %d of %s were deleted before the ledger had read them"
              .formatted(before.nextOffset(), after.nextOffset() - 1, where);
      case TRUNCATED ->
          "%s lost records which the ledger had read up to %d; it reads again from %d and keeps what is new"
              .formatted(where, before.nextOffset(), after.nextOffset());
      case RECREATED ->
          "%s was made anew: what came after offset %d of the old one is lost; the ledger reads the new one from %d"
              .formatted(where, before.nextOffset() - 1, after.nextOffset());
    };
  }
}
