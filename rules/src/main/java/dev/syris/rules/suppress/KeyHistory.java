package dev.syris.rules.suppress;

import dev.syris.rules.rule.Restraint;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a rule and one of its keys. Bounded: of more than {@link #MAX_SAID}
 * different things within a window the oldest is forgotten. Immutable.
 *
 * @param version the version of the rule it is about
 * @param lastFired in milliseconds since 1970; {@link #NEVER} where it has not
 * @param said what it has fired for, and when, the oldest first
 */
public record KeyHistory(long version, long lastFired, Map<UUID, Long> said) {

  public static final long NEVER = Long.MIN_VALUE;
  public static final int MAX_SAID = 256;

  private static final byte FORM = 1;
  private static final int HEAD = 1 + 2 * Long.BYTES;
  private static final int ENTRY = 3 * Long.BYTES;

  public KeyHistory {
    said = Collections.unmodifiableMap(new LinkedHashMap<>(said));
  }

  /** Nothing has happened. */
  public static KeyHistory none(long version) {
    return new KeyHistory(version, NEVER, Map.of());
  }

  /** What it is for a version of the rule: nothing, if it is about another. */
  KeyHistory of(long ruleVersion) {
    return version == ruleVersion ? this : none(ruleVersion);
  }

  /** Until when a window holds that began with the last firing; null where it does not. */
  @Nullable Long heldUntil(long time, long window) {
    return window == 0 || lastFired == NEVER || time >= lastFired + window
        ? null
        : Long.valueOf(lastFired + window);
  }

  /** Until when the same is a repeat; null where it is none. */
  @Nullable Long repeatUntil(@Nullable UUID what, long time, long window) {
    Long at = what == null ? null : said.get(what);
    return at == null || time >= at + window ? null : Long.valueOf(at + window);
  }

  KeyHistory afterFiring(@Nullable UUID what, long time, Restraint restraint) {
    var kept = new LinkedHashMap<UUID, Long>();
    if (what != null) {
      said.forEach(
          (other, at) -> {
            if (!other.equals(what) && time < at + restraint.dedupeWindowMs()) {
              kept.put(other, at);
            }
          });
      if (kept.size() >= MAX_SAID) {
        kept.remove(kept.keySet().iterator().next());
      }
      kept.put(what, time);
    }
    return new KeyHistory(version, time, kept);
  }

  /** From when on it makes no difference, in milliseconds since 1970. */
  public long endsAt(Restraint restraint) {
    long end =
        lastFired == NEVER || restraint.debounceMs() == 0
            ? NEVER
            : lastFired + restraint.debounceMs();
    for (long at : said.values()) {
      end = Math.max(end, at + restraint.dedupeWindowMs());
    }
    return end;
  }

  public byte[] toBytes() {
    ByteBuffer buffer = ByteBuffer.allocate(HEAD + said.size() * ENTRY);
    buffer.put(FORM).putLong(version).putLong(lastFired);
    said.forEach(
        (what, at) ->
            buffer
                .putLong(what.getMostSignificantBits())
                .putLong(what.getLeastSignificantBits())
                .putLong(at));
    return buffer.array();
  }

  /** What the bytes say; nothing where they are none or of a form this does not know. */
  public static KeyHistory of(byte @Nullable [] bytes, long ruleVersion) {
    if (bytes == null
        || bytes.length < HEAD
        || bytes[0] != FORM
        || (bytes.length - HEAD) % ENTRY != 0) {
      return none(ruleVersion);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
    long version = buffer.getLong();
    long lastFired = buffer.getLong();
    var said = new LinkedHashMap<UUID, Long>();
    while (buffer.hasRemaining()) {
      said.put(new UUID(buffer.getLong(), buffer.getLong()), buffer.getLong());
    }
    return new KeyHistory(version, lastFired, said);
  }
}
