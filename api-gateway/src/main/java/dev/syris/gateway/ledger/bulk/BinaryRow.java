package dev.syris.gateway.ledger.bulk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row in the binary format of {@code COPY}, read field by field in the order of the columns.
 * Not thread-safe.
 */
public final class BinaryRow {

  private static final long EPOCH_SECONDS = 946_684_800L;
  private static final int MICROS = 1_000_000;
  private static final int NULL = -1;

  private final ByteBuffer fields;

  BinaryRow(ByteBuffer fields) {
    this.fields = fields;
  }

  public long bigint() {
    expect(Long.BYTES);
    return fields.getLong();
  }

  public Instant timestamptz() {
    expect(Long.BYTES);
    long micros = fields.getLong();
    return Instant.ofEpochSecond(
        EPOCH_SECONDS + Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000L);
  }

  public @Nullable UUID uuid() {
    int length = fields.getInt();
    return length == NULL ? null : new UUID(fields.getLong(), fields.getLong());
  }

  public @Nullable String text() {
    byte[] bytes = bytes();
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  public byte @Nullable [] bytes() {
    int length = fields.getInt();
    if (length == NULL) {
      return null;
    }
    byte[] bytes = new byte[length];
    fields.get(bytes);
    return bytes;
  }

  private void expect(int bytes) {
    int length = fields.getInt();
    if (length != bytes) {
      throw new IllegalArgumentException(
          "a field of " + length + " bytes where " + bytes + " were expected");
    }
  }
}
