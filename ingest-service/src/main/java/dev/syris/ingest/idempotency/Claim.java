package dev.syris.ingest.idempotency;

import dev.syris.ingest.log.Receipt;
import java.util.List;

/** What the memory knows of a request. */
public sealed interface Claim {

  /** New, or begun and never known to be finished: its events are to be written under these ids. */
  record Open(List<Receipt> receipts) implements Claim {}

  /** Its events were written under these ids; nothing is left to do. */
  record Done(List<Receipt> receipts) implements Claim {}

  /** The key was used for another body. */
  record Conflict() implements Claim {}
}
