package dev.syris.platform.seal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The keys of one purpose: the first seals, the others only open what was sealed before a rotation.
 * Immutable; never shows a key.
 */
public final class KeyRing {

  private static final String SEPARATORS = "[\\s,]+";

  private final List<SealingKey> keys;

  private KeyRing(List<SealingKey> keys) {
    this.keys = List.copyOf(keys);
  }

  public static KeyRing of(SealingKey only) {
    return new KeyRing(List.of(only));
  }

  /**
   * Reads keys separated by commas, blanks or line ends; lines that begin with {@code #} say
   * nothing.
   *
   * @param property name of the configuration key, for the message
   * @throws IllegalArgumentException where there is no key, or one is not 32 bytes of base64
   */
  public static KeyRing parse(String property, String text) {
    List<SealingKey> keys =
        text.lines()
            .filter(line -> !line.startsWith("#"))
            .flatMap(line -> Arrays.stream(line.split(SEPARATORS, -1)))
            .filter(word -> !word.isEmpty())
            .map(word -> SealingKey.parse(property, word))
            .toList();
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          property + " holds no key; give it 32 random bytes as base64");
    }
    return new KeyRing(keys);
  }

  /** The one that seals. */
  public SealingKey current() {
    return keys.getFirst();
  }

  public Optional<SealingKey> find(String keyId) {
    return keys.stream().filter(key -> key.id().equals(keyId)).findFirst();
  }

  List<SealingKey> keys() {
    return keys;
  }

  /** Whether a rotation is under way: there are keys that open only. */
  public boolean rotating() {
    return keys.size() > 1;
  }

  public KeyRing withNew(SealingKey fresh) {
    var more = new ArrayList<SealingKey>();
    more.add(fresh);
    more.addAll(keys);
    return new KeyRing(more);
  }

  public KeyRing onlyCurrent() {
    return of(current());
  }

  /** As {@link #parse} reads it, one key a line: for a file nobody else may read. */
  public String text() {
    var text = new StringBuilder();
    keys.forEach(key -> text.append(key.base64()).append('\n'));
    return text.toString();
  }

  @Override
  public String toString() {
    return "KeyRing" + keys;
  }
}
