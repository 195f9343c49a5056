package dev.syris.gateway.ledger.bulk;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the binary format of PostgreSQL's {@code COPY} ("File Formats" in its reference): no
 * escaping, no parsing. Fields go in the order of the statement's columns. Not thread-safe.
 */
public final class BinaryCopy {

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };
  private static final int INITIAL_BYTES = 16 * 1024;
  private static final int NULL = -1;

  /** PostgreSQL counts from 2000. */
  private static final long EPOCH_SECONDS = 946_684_800L;

  private byte[] buffer = new byte[INITIAL_BYTES];
  private int size;
  private int rows;

  public BinaryCopy() {
    raw(SIGNATURE);
    int32(0);
    int32(0);
  }

  public BinaryCopy row(int fields) {
    rows++;
    return int16(fields);
  }

  public BinaryCopy bigint(long value) {
    int32(Long.BYTES);
    return int64(value);
  }

  public BinaryCopy integer(int value) {
    int32(Integer.BYTES);
    return int32(value);
  }

  /** A point in time, in microseconds. */
  public BinaryCopy timestamptz(Instant value) {
    int32(Long.BYTES);
    return int64((value.getEpochSecond() - EPOCH_SECONDS) * 1_000_000 + value.getNano() / 1_000);
  }

  public BinaryCopy uuid(@Nullable UUID value) {
    if (value == null) {
      return int32(NULL);
    }
    int32(2 * Long.BYTES);
    return int64(value.getMostSignificantBits()).int64(value.getLeastSignificantBits());
  }

  public BinaryCopy text(@Nullable String value) {
    return bytes(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
  }

  /** For {@code bytea}, and for {@code json} and {@code text} as UTF-8. */
  public BinaryCopy bytes(byte @Nullable [] value) {
    if (value == null) {
      return int32(NULL);
    }
    int32(value.length);
    return raw(value);
  }

  int rows() {
    return rows;
  }

  byte[] buffer() {
    return buffer;
  }

  int size() {
    return size;
  }

  /** The mark of the end. */
  BinaryCopy end() {
    return int16(NULL);
  }

  private BinaryCopy int16(int value) {
    ensure(Short.BYTES);
    buffer[size++] = (byte) (value >> 8);
    buffer[size++] = (byte) value;
    return this;
  }

  private BinaryCopy int32(int value) {
    ensure(Integer.BYTES);
    for (int shift = 24; shift >= 0; shift -= 8) {
      buffer[size++] = (byte) (value >> shift);
    }
    return this;
  }

  private BinaryCopy int64(long value) {
    ensure(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      buffer[size++] = (byte) (value >> shift);
    }
    return this;
  }

  private BinaryCopy raw(byte[] bytes) {
    ensure(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
    return this;
  }

  private void ensure(int more) {
    if (buffer.length - size < more) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + more));
    }
  }
}
