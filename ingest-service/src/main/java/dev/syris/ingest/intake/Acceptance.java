package dev.syris.ingest.intake;

import dev.syris.ingest.log.Receipt;
import java.util.List;

/** What became of a submission. */
public sealed interface Acceptance {

  /**
   * The broker has it.
   *
   * @param replayed whether it had it already, from an earlier request with the same key
   */
  record Accepted(List<Receipt> receipts, boolean replayed) implements Acceptance {}

  /** The key was used for another body. */
  record KeyConflict() implements Acceptance {}

  /** Nothing was written. */
  record NotWritten(String reason) implements Acceptance {}

  /**
   * It may have been written.
   *
   * @param safeToRepeat whether a repeat of the request has the same ids, so that nothing happens
   *     twice
   */
  record InDoubt(String reason, boolean safeToRepeat) implements Acceptance {}
}
