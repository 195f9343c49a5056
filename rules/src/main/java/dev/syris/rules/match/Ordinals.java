package dev.syris.rules.match;

import java.util.Arrays;

/**
 * Places of rules in an index, as they are found. Its cost grows with what is found, not with what
 * there is. For one event.
 */
final class Ordinals {

  private static final int USUAL = 8;

  private int[] found;
  private int size;

  Ordinals(int[] always) {
    this.found = Arrays.copyOf(always, always.length + USUAL);
    this.size = always.length;
  }

  void addAll(int[] more) {
    if (size + more.length > found.length) {
      found = Arrays.copyOf(found, Math.max(size + more.length, 2 * found.length));
    }
    System.arraycopy(more, 0, found, size, more.length);
    size += more.length;
  }

  /** The first to the last, each once. */
  int[] inOrder() {
    Arrays.sort(found, 0, size);
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (kept == 0 || found[i] != found[kept - 1]) {
        found[kept++] = found[i];
      }
    }
    return Arrays.copyOf(found, kept);
  }
}
