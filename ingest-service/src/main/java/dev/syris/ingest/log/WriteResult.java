package dev.syris.ingest.log;

/**
 * What is known once a write has ended. Reasons are for people; they hold no payload and no secret.
 */
public sealed interface WriteResult {

  /** Every record is on disk, as far as {@code acks=all} says so. */
  record Written() implements WriteResult {}

  /** Nothing of it is in the log, and nothing will be. */
  record NotWritten(String reason) implements WriteResult {}

  /** All of it is in the log, or nothing is; the broker did not say which. */
  record InDoubt(String reason) implements WriteResult {}
}
