package dev.syris.rules.problem;

import java.util.ArrayList;
import java.util.List;

/** Collects the first few problems of one reading. For one thread. */
public final class Problems {

  /** More help nobody; whoever sends so many gets the rest with the next try. */
  public static final int MAX = 20;

  private final List<Problem> found = new ArrayList<>();

  public void add(String pointer, String message) {
    if (!full()) {
      found.add(new Problem(pointer, message));
    }
  }

  /** Whether more would not be kept, so that there is no use in looking on. */
  public boolean full() {
    return found.size() == MAX;
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  public List<Problem> toList() {
    return List.copyOf(found);
  }
}
