package dev.syris.contracts.id;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * How ids are made: random and time-ordered at the edge, name-based wherever work may be repeated.
 */
public final class Uuids {

  private static final int TEXT_LENGTH = 36;

  /** Only ever copied: that is cheaper than looking a new one up. */
  private static final MessageDigest SHA_256 = newSha256();

  private Uuids() {}

  /**
   * A version 7 UUID (RFC 9562): 48 bits of time, then randomness.
   *
   * @param epochMillis milliseconds since 1970, UTC
   * @param randomHigh any random bits, of which 12 are used
   * @param randomLow any random bits, of which 62 are used
   */
  public static UUID version7(long epochMillis, long randomHigh, long randomLow) {
    long high = (epochMillis << 16) | 0x7000L | (randomHigh & 0x0fffL);
    long low = (randomLow & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low);
  }

  /**
   * A version 8 UUID (RFC 9562) made from the SHA-256 of the parts, so that repeating the work
   * repeats the id. Parts are length-prefixed: {@code ("a", "bc")} and {@code ("ab", "c")} give
   * different ids.
   */
  public static UUID named(String... parts) {
    MessageDigest digest = sha256();
    byte[] length = new byte[Integer.BYTES];
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      ByteBuffer.wrap(length).putInt(bytes.length);
      digest.update(length);
      digest.update(bytes);
    }
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    long high = (hash.getLong() & 0xffffffffffff0fffL) | 0x8000L;
    long low = (hash.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low);
  }

  /**
   * Parses the 36-character form and nothing else ({@link UUID#fromString} also takes {@code
   * 1-1-1-1-1}).
   */
  public static UUID parse(String text) {
    if (!canonical(text)) {
      String shown = text.length() > 64 ? text.substring(0, 64) + "…" : text;
      throw new IllegalArgumentException(
          "not a UUID: \"" + shown + "\"; write 8-4-4-4-12 hexadecimal digits");
    }
    return UUID.fromString(text);
  }

  /**
   * Groups of 8, 4, 4, 4 and 12 hexadecimal digits. By hand: every record has several, and an
   * expression is slow.
   */
  private static boolean canonical(String text) {
    if (text.length() != TEXT_LENGTH) {
      return false;
    }
    for (int i = 0; i < TEXT_LENGTH; i++) {
      char c = text.charAt(i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      boolean digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
      if (dash ? c != '-' : !digit) {
        return false;
      }
    }
    return true;
  }

  /** A new SHA-256, which every Java runtime must have. */
  public static MessageDigest sha256() {
    try {
      return (MessageDigest) SHA_256.clone();
    } catch (CloneNotSupportedException _) {
      return newSha256();
    }
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
  }
}
