package dev.syris.contracts.topic;

/** The cause of a dead letter, and where it lay. */
public final class DeadLetterHeaders {

  /** UUID of the dead letter, derived from where the record lay. */
  public static final String ID = "syris-dead-letter-id";

  public static final String TOPIC = "syris-origin-topic";
  public static final String PARTITION = "syris-origin-partition";
  public static final String OFFSET = "syris-origin-offset";

  /** Dotted and stable, such as {@code event.malformed}. */
  public static final String REASON = "syris-reason";

  /** A sentence: what was wrong, with which value. */
  public static final String ERROR = "syris-error";

  /** The trace the record belongs to; also kept by a re-drive. */
  public static final String TRACE_ID = "syris-trace-id";

  /**
   * Size of the record in bytes, where it was too large to be kept whole; such a dead letter can't
   * be sent again.
   */
  public static final String TRUNCATED_FROM = "syris-truncated-from";

  private DeadLetterHeaders() {}
}
