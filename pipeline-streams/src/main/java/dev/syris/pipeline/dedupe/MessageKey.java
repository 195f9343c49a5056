package dev.syris.pipeline.dedupe;

import dev.syris.contracts.event.Event;
import dev.syris.contracts.event.RawEvent;
import dev.syris.contracts.id.Uuids;
import dev.syris.pipeline.flow.Arrival;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What makes two records the same message. Pure.
 *
 * <p>One key per event is enough: where the source gave a message id, a relay that repeats itself
 * repeats that too, and without one the event id is all there is. An event its door did not prove
 * has keys of its own, so that nobody can send a connector's message ids ahead of it and have the
 * real ones dropped.
 */
public final class MessageKey {

  private static final int BYTES = 1 + 2 * Long.BYTES;
  private static final byte EVENT_ID = 0;
  private static final byte MESSAGE = 1;
  private static final byte PROVEN_MESSAGE = 2;

  private MessageKey() {}

  /**
   * Hash of channel, connector, thread and message id; null where the source gave no message id.
   */
  public static @Nullable String dedupeKey(RawEvent event) {
    if (event.messageId() == null) {
      return null;
    }
    String thread = event.threadId() == null ? "" : event.threadId();
    return Uuids.named(
            "message", event.channel().wire(), event.connectorId(), thread, event.messageId())
        .toString();
  }

  static Bytes of(Arrival arrival) {
    Event event = arrival.event();
    String dedupeKey = event.correlation().dedupeKey();
    if (dedupeKey == null) {
      return key(EVENT_ID, event.eventId().value());
    }
    return key(arrival.proven() ? PROVEN_MESSAGE : MESSAGE, UUID.fromString(dedupeKey));
  }

  private static Bytes key(byte kind, UUID id) {
    return Bytes.wrap(
        ByteBuffer.allocate(BYTES)
            .put(kind)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array());
  }
}
