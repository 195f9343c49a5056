package dev.syris.rules.condition;

import dev.syris.rules.problem.Parsed;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A pattern for a whole text: {@code *} stands for any characters, {@code ?} for one, {@code
 * [a-z_]} for one of a set and {@code [!a-z]} for one outside of it; everything else stands for
 * itself, and so does what a set holds: {@code [*]} is a star. Case counts. A character is a code
 * point. Immutable.
 *
 * <p>Reads the text once and never goes back: all ways to match are followed at the same time, as
 * bits of a few words (Baeza-Yates and Gonnet, "A new approach to text searching", 1992).
 */
public final class Glob {

  static final int MAX_LENGTH = 256;

  private final String pattern;

  /** How many characters the pattern names; bit i of a state: the first i of them are matched. */
  private final int length;

  /** Where the code points begin that no place of the pattern tells apart. */
  private final int[] classes;

  /** For each of the classes, the states from which one of its characters leads on. */
  private final long[][] leadsOn;

  /** The states in which a star takes any character. */
  private final long[] stays;

  Glob(String pattern, List<CharSet> places, BitSet stars) {
    this.pattern = pattern;
    this.length = places.size();
    this.classes = classes(places);
    this.leadsOn =
        IntStream.of(classes).mapToObj(c -> words(takers(places, c))).toArray(long[][]::new);
    this.stays = words(stars);
  }

  public static Parsed<Glob> parse(String pattern) {
    return new GlobParser(pattern).parse();
  }

  public boolean matches(String text) {
    long[] state = new long[stays.length];
    state[0] = 1;
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      if (!advance(state, leadsOn[classOf(text.codePointAt(i))])) {
        return false;
      }
    }
    return (state[length >> 6] & 1L << length) != 0;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Glob that && pattern.equals(that.pattern);
  }

  @Override
  public int hashCode() {
    return pattern.hashCode();
  }

  @Override
  public String toString() {
    return pattern;
  }

  /** Whether any way to match is left. */
  private boolean advance(long[] state, long[] takers) {
    long carried = 0;
    long left = 0;
    for (int i = 0; i < state.length; i++) {
      long moved = state[i] & takers[i];
      state[i] = (moved << 1) | carried | (state[i] & stays[i]);
      carried = moved >>> 63;
      left |= state[i];
    }
    return left != 0;
  }

  private int classOf(int codePoint) {
    int found = Arrays.binarySearch(classes, codePoint);
    return found >= 0 ? found : -found - 2;
  }

  private static int[] classes(List<CharSet> places) {
    IntStream ends =
        places.stream()
            .flatMap(place -> place.ranges().stream())
            .flatMapToInt(range -> IntStream.of(range.from(), range.to() + 1));
    return IntStream.concat(IntStream.of(0), ends).sorted().distinct().toArray();
  }

  private static BitSet takers(List<CharSet> places, int codePoint) {
    var takers = new BitSet();
    IntStream.range(0, places.size())
        .filter(i -> places.get(i).holds(codePoint))
        .forEach(takers::set);
    return takers;
  }

  private long[] words(BitSet bits) {
    return Arrays.copyOf(bits.toLongArray(), (length >> 6) + 1);
  }
}
