package dev.syris.contracts.event;

import org.jspecify.annotations.Nullable;

/**
 * One pass over bytes that should be JSON in UTF-8: finds what the JSON parser lets through
 * (overlong forms, encoded surrogates, other encodings) and tells whether a {@code \}{@code u}
 * escape could hide a character no text may have.
 *
 * @param problem why the bytes are not UTF-8; null where they are
 * @param suspicious whether an escape of U+0000 or of a surrogate occurs
 */
record Utf8Scan(@Nullable String problem, boolean suspicious) {

  private static final Utf8Scan PLAIN = new Utf8Scan(null, false);
  private static final Utf8Scan SUSPICIOUS = new Utf8Scan(null, true);

  static Utf8Scan of(byte[] bytes) {
    if (bytes.length >= 3 && at(bytes, 0) == 0xef && at(bytes, 1) == 0xbb && at(bytes, 2) == 0xbf) {
      return new Utf8Scan("starts with a byte order mark; send UTF-8 without one", false);
    }
    boolean suspicious = false;
    int i = 0;
    while (i < bytes.length) {
      byte b = bytes[i];
      if (b > 0 && b != '\\') {
        i++;
      } else if (b == '\\') {
        suspicious |= hidesBadCharacter(bytes, i + 1);
        i += i + 1 < bytes.length && bytes[i + 1] > 0 ? 2 : 1;
      } else if (b == 0) {
        return new Utf8Scan("a NUL byte at offset " + i, false);
      } else {
        int length = sequenceLength(bytes, i);
        if (length == 0) {
          return new Utf8Scan(
              "byte 0x%02x at offset %d is not valid UTF-8".formatted(b & 0xff, i), false);
        }
        i += length;
      }
    }
    return suspicious ? SUSPICIOUS : PLAIN;
  }

  /**
   * Length of the well-formed sequence of two to four bytes at {@code i} (Unicode, table 3-7); 0
   * where there is none.
   */
  private static int sequenceLength(byte[] bytes, int i) {
    int lead = at(bytes, i);
    int second = at(bytes, i + 1);
    if (lead >= 0xc2 && lead <= 0xdf) {
      return continues(second) ? 2 : 0;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
      boolean overlong = lead == 0xe0 && second < 0xa0;
      boolean surrogate = lead == 0xed && second > 0x9f;
      return continues(second) && !overlong && !surrogate && continues(at(bytes, i + 2)) ? 3 : 0;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
      boolean overlong = lead == 0xf0 && second < 0x90;
      boolean beyond = lead == 0xf4 && second > 0x8f;
      boolean rest = continues(at(bytes, i + 2)) && continues(at(bytes, i + 3));
      return continues(second) && !overlong && !beyond && rest ? 4 : 0;
    }
    return 0;
  }

  private static boolean hidesBadCharacter(byte[] bytes, int i) {
    if (at(bytes, i) != 'u') {
      return false;
    }
    int first = at(bytes, i + 1);
    int second = at(bytes, i + 2);
    return (first == '0' && second == '0') || ((first | 0x20) == 'd' && second >= '8');
  }

  private static boolean continues(int octet) {
    return (octet & 0xc0) == 0x80;
  }

  /** The octet, or one that fits nowhere behind the end. */
  private static int at(byte[] bytes, int i) {
    return i < bytes.length ? bytes[i] & 0xff : 0;
  }
}
