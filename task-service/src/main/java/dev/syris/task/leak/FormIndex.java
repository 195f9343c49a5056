package dev.syris.task.leak;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Forms by how they begin. A window of eight bytes (of a text: the low bytes of eight characters)
 * slides over what is searched; a filter of bits says of nearly all that no form begins like that.
 * Immutable.
 */
final class FormIndex {

  private static final Form[] NONE = {};
  private static final int FILTER_BITS = 1 << 16;
  private static final int SHIFT = Long.SIZE - 16;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final long[] filter = new long[FILTER_BITS / Long.SIZE];
  private final long[] windows;
  private final Form[][] forms;

  FormIndex(Collection<Form> all, ToLongFunction<Form> windowOf) {
    var byWindow =
        all.stream().collect(Collectors.groupingBy(windowOf::applyAsLong, Collectors.toList()));
    windows = byWindow.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
    forms =
        Arrays.stream(windows)
            .mapToObj(window -> byWindow.getOrDefault(window, List.of()).toArray(NONE))
            .toArray(Form[][]::new);
    for (long window : windows) {
      int bit = bit(window);
      filter[bit / Long.SIZE] |= 1L << bit;
    }
  }

  /** The window of a text that begins there. */
  static long window(String text, int start) {
    long window = 0;
    for (int i = start; i < start + Form.SHORTEST; i++) {
      window = next(window, text.charAt(i));
    }
    return window;
  }

  /** The window of bytes that begin there. */
  static long window(byte[] bytes, int start) {
    long window = 0;
    for (int i = start; i < start + Form.SHORTEST; i++) {
      window = next(window, bytes[i]);
    }
    return window;
  }

  /** The window one further on. */
  static long next(long window, int unit) {
    return (window << Byte.SIZE) | (unit & 0xff);
  }

  boolean mayHold(long window) {
    int bit = bit(window);
    return (filter[bit / Long.SIZE] & (1L << bit)) != 0;
  }

  /** Those that begin like that; not to be changed. */
  Form[] at(long window) {
    int found = Arrays.binarySearch(windows, window);
    return found < 0 ? NONE : forms[found];
  }

  private static int bit(long window) {
    return (int) ((window * SPREAD) >>> SHIFT);
  }
}
