package dev.syris.contracts.topic;

/**
 * What our own services stamp on a raw event, beside the bytes. Honoured on {@link
 * Topics#RAW_EVENT} only; the trace travels as {@code traceparent}.
 */
public final class RawEventHeaders {

  /** The event's id; always there. */
  public static final String EVENT_ID = "syris-event-id";

  /** The full trace id as a UUID; always there. */
  public static final String TRACE_ID = "syris-trace-id";

  /** The event that caused this one. */
  public static final String PARENT_EVENT_ID = "syris-parent-event-id";

  /** How many events are above this one, as decimal text; 0 where absent. */
  public static final String DEPTH = "syris-depth";

  /**
   * The rules that led to it, oldest first, each with the event it fired for: {@code
   * rule@event,rule@event}. Bounded: of a long chain only the end.
   */
  public static final String CAUSE_CHAIN = "syris-cause-chain";

  /**
   * {@code connector} where the door proved that the record comes from its connector, which then
   * has its granted scopes; anything else gives those of an undeclared one.
   */
  public static final String GRANT = "syris-grant";

  public static final String GRANT_CONNECTOR = "connector";

  private RawEventHeaders() {}
}
