package dev.syris.pipeline.dedupe;

import dev.syris.contracts.id.EventId;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The first event of a message.
 *
 * @param at append time in milliseconds since 1970
 */
record FirstSeen(EventId eventId, long at) {

  private static final int BYTES = 3 * Long.BYTES;

  byte[] toBytes() {
    UUID id = eventId.value();
    return ByteBuffer.allocate(BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .putLong(at)
        .array();
  }

  static FirstSeen of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new FirstSeen(
        new EventId(new UUID(buffer.getLong(), buffer.getLong())), buffer.getLong());
  }
}
