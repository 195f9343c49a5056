package dev.syris.gateway.evidence;

import dev.syris.gateway.ledger.chain.Verification;
import org.jspecify.annotations.Nullable;

/** What checking the trail gave, as REST tells it. */
record Verified(boolean valid, long rows, Head head, Verification.@Nullable Invalid firstInvalid) {

  /**
   * The end of the chain.
   *
   * @param hash SHA-256 in hexadecimal
   */
  record Head(long sequence, String hash) {}

  static Verified of(Verification found) {
    var head = new Head(found.head().sequence(), found.head().hash().hex());
    return new Verified(found.valid(), found.rows(), head, found.firstInvalid());
  }
}
