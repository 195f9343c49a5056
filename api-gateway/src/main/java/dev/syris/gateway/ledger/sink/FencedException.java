package dev.syris.gateway.ledger.sink;

/**
 * Somebody else has written on from where we stood. Nothing of ours was written; what is true is in
 * the database.
 */
final class FencedException extends RuntimeException {

  FencedException(String message) {
    super(message);
  }
}
