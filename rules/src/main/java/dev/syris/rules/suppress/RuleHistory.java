package dev.syris.rules.suppress;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a rule as a whole. Immutable.
 *
 * @param version the version of the rule it is about
 * @param minuteStart when the minute began in which firings are counted, in milliseconds since
 *     1970; it begins with a firing
 * @param fired firings in it
 * @param tripped whether the limit was passed
 */
public record RuleHistory(long version, long minuteStart, int fired, boolean tripped) {

  static final long MINUTE = 60_000;

  /** Whoever reads of a trip has switched the rule off, in a new version, long before. */
  private static final long TRIPPED_FOR = 30 * 24 * 60 * MINUTE;

  private static final byte FORM = 1;
  private static final int BYTES = 2 + 2 * Long.BYTES + Integer.BYTES;

  /** Nothing has happened. */
  public static RuleHistory none(long version) {
    return new RuleHistory(version, Long.MIN_VALUE, 0, false);
  }

  /** What it is for a version of the rule: nothing, if it is about another. */
  RuleHistory of(long ruleVersion) {
    return version == ruleVersion ? this : none(ruleVersion);
  }

  /** Firings that count at a time. */
  int firedAt(long time) {
    return fired > 0 && time - minuteStart < MINUTE ? fired : 0;
  }

  RuleHistory afterFiring(long time) {
    int before = firedAt(time);
    return new RuleHistory(version, before == 0 ? time : minuteStart, before + 1, tripped);
  }

  RuleHistory afterTrip(long time) {
    return new RuleHistory(version, time, 0, true);
  }

  /** From when on it makes no difference, in milliseconds since 1970. */
  public long endsAt() {
    if (tripped) {
      return minuteStart + TRIPPED_FOR;
    }
    return fired == 0 ? Long.MIN_VALUE : minuteStart + MINUTE;
  }

  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES)
        .put(FORM)
        .putLong(version)
        .putLong(minuteStart)
        .putInt(fired)
        .put((byte) (tripped ? 1 : 0))
        .array();
  }

  /** What the bytes say; nothing where they are none or of a form this does not know. */
  public static RuleHistory of(byte @Nullable [] bytes, long ruleVersion) {
    if (bytes == null || bytes.length != BYTES || bytes[0] != FORM) {
      return none(ruleVersion);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, BYTES - 1);
    return new RuleHistory(buffer.getLong(), buffer.getLong(), buffer.getInt(), buffer.get() != 0);
  }
}
