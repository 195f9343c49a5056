package dev.syris.pipeline.flow;

import dev.syris.contracts.event.RawEventReading.Rejected;

/**
 * Why a record becomes a dead letter.
 *
 * @param code dotted and stable, such as {@code event.malformed}
 * @param message a sentence: what was wrong, with which value
 */
public record Rejection(String code, String message) {

  /** An own service's record lacks an id, or has a bad one. */
  public static final String BAD_HEADER = "event.bad_header";

  /** What would be made of it does not fit into a message. */
  public static final String TOO_LARGE = "event.too_large";

  /** A fault of ours. */
  public static final String FAILED = "event.processing_failed";

  public static Rejection of(Rejected rejected) {
    return new Rejection(rejected.code(), rejected.summary());
  }

  /** What a step that threw is rejected with. */
  public static Rejection of(Throwable fault) {
    return fault instanceof OutputTooLargeException
        ? new Rejection(TOO_LARGE, fault.toString())
        : new Rejection(FAILED, fault.toString());
  }
}
