package dev.syris.platform.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.syris.platform.outbox.OutboxRecord.Header;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import org.jspecify.annotations.Nullable;

/**
 * The records of one transaction as the bytes of one row: how they are packed, then topic, key,
 * value and headers of each, every part after its length, which is -1 for null. Many records of one
 * transaction say nearly the same and are compressed: what is not in the row is neither written
 * ahead, nor stored, nor read again. Stateless.
 */
public final class PackedRecords {

  private static final byte PLAIN = 1;

  /** After the number of bytes it becomes, one LZ4 block. */
  private static final byte COMPRESSED = 2;

  private static final int WORTH_COMPRESSING = 4 * 1024;
  private static final int NULL = -1;
  private static final LZ4Factory LZ4 = LZ4Factory.safeInstance();

  private PackedRecords() {}

  /** The bytes of a row. */
  static byte[] pack(List<OutboxRecord> records) {
    byte[] plain = write(records);
    if (plain.length < WORTH_COMPRESSING) {
      return plain;
    }
    byte[] block = LZ4.fastCompressor().compress(plain);
    return ByteBuffer.allocate(1 + Integer.BYTES + block.length)
        .put(COMPRESSED)
        .putInt(plain.length)
        .put(block)
        .array();
  }

  /**
   * The records in a row's bytes, in order.
   *
   * @throws IllegalArgumentException where a newer release wrote it, or it is not whole
   */
  public static List<OutboxRecord> unpack(byte[] packed) {
    byte how = packed.length == 0 ? 0 : packed[0];
    return switch (how) {
      case PLAIN -> read(packed);
      case COMPRESSED -> read(decompressed(packed));
      default ->
          throw new IllegalArgumentException(
              "an outbox row of %d bytes is packed in way %d, which is not known here"
                  .formatted(packed.length, how));
    };
  }

  private static byte[] decompressed(byte[] packed) {
    try {
      ByteBuffer row = ByteBuffer.wrap(packed, 1, packed.length - 1);
      int size = row.getInt();
      return LZ4.safeDecompressor().decompress(packed, row.position(), row.remaining(), size);
    } catch (LZ4Exception | BufferUnderflowException | NegativeArraySizeException e) {
      throw new IllegalArgumentException("an outbox row is not whole", e);
    }
  }

  private static byte[] write(List<OutboxRecord> records) {
    var bytes =
        new ByteArrayOutputStream(records.stream().mapToInt(OutboxRecord::size).sum() + 1024);
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(PLAIN);
      out.writeInt(records.size());
      for (OutboxRecord words : records) {
        write(out, words.topic().getBytes(UTF_8));
        write(out, words.key());
        write(out, words.value());
        out.writeInt(words.headers().size());
        for (Header header : words.headers()) {
          write(out, header.name().getBytes(UTF_8));
          write(out, header.value());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static List<OutboxRecord> read(byte[] plain) {
    try (var in = new DataInputStream(new ByteArrayInputStream(plain, 1, plain.length))) {
      int count = count(in);
      var records = new ArrayList<OutboxRecord>();
      for (int i = 0; i < count; i++) {
        records.add(new OutboxRecord(text(in), read(in), read(in), headers(in)));
      }
      if (in.available() > 0) {
        throw new IOException("%d bytes too many".formatted(in.available()));
      }
      return records;
    } catch (IOException e) {
      throw new IllegalArgumentException("an outbox row is not whole", e);
    }
  }

  private static List<Header> headers(DataInputStream in) throws IOException {
    int count = count(in);
    var headers = new ArrayList<Header>();
    for (int i = 0; i < count; i++) {
      headers.add(new Header(text(in), read(in)));
    }
    return headers;
  }

  private static void write(DataOutputStream out, byte @Nullable [] part) throws IOException {
    if (part == null) {
      out.writeInt(NULL);
    } else {
      out.writeInt(part.length);
      out.write(part);
    }
  }

  private static int count(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0) {
      throw new IOException("a count of " + count);
    }
    return count;
  }

  private static String text(DataInputStream in) throws IOException {
    byte[] part = read(in);
    if (part == null) {
      throw new IOException("a name is missing");
    }
    return new String(part, UTF_8);
  }

  private static byte @Nullable [] read(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length == NULL) {
      return null;
    }
    byte[] part = in.readNBytes(length);
    if (part.length < length) {
      throw new IOException("%d bytes of %d".formatted(part.length, length));
    }
    return part;
  }
}
