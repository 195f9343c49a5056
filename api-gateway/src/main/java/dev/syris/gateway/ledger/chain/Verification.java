package dev.syris.gateway.ledger.chain;

import org.jspecify.annotations.Nullable;

/**
 * What looking at the whole trail gave.
 *
 * @param rows looked at; where something is wrong, up to there
 * @param head as the database has it
 */
public record Verification(
    boolean valid, long rows, ChainHead head, @Nullable Invalid firstInvalid) {

  /**
   * The first thing that is wrong.
   *
   * @param reason a sentence
   */
  public record Invalid(long sequence, String reason) {}
}
