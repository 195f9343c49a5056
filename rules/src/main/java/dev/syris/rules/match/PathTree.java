package dev.syris.rules.match;

import dev.syris.rules.condition.Scalar;
import dev.syris.rules.path.FieldPath;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The paths an index looks at, as a tree, with who waits for which value at their ends. An event is
 * walked along with it, by whichever of the two has fewer ways on: neither rules about fields the
 * event has not nor fields no rule asks about cost anything. Not changed once it is built.
 */
final class PathTree {

  private final Map<String, PathTree> children = new HashMap<>();
  private final Map<Scalar, int[]> waiting = new HashMap<>();

  void add(FieldPath path, Scalar value, int ordinal) {
    PathTree here = this;
    for (String segment : path.segments()) {
      here = here.children.computeIfAbsent(segment, _ -> new PathTree());
    }
    here.waiting.merge(value, new int[] {ordinal}, PathTree::joined);
  }

  /** Collects everyone who waits for what is in an event. */
  void collect(JsonNode here, Ordinals found) {
    if (!waiting.isEmpty()) {
      Scalar value = Scalar.of(here);
      int[] ordinals = value == null ? null : waiting.get(value);
      if (ordinals != null) {
        found.addAll(ordinals);
      }
    }
    if (here.isObject() && here.size() < children.size()) {
      for (Map.Entry<String, JsonNode> member : here.properties()) {
        PathTree child = children.get(member.getKey());
        if (child != null) {
          child.collect(member.getValue(), found);
        }
      }
    } else if (here.isContainer()) {
      for (Map.Entry<String, PathTree> child : children.entrySet()) {
        JsonNode next = FieldPath.child(here, child.getKey());
        if (next != null) {
          child.getValue().collect(next, found);
        }
      }
    }
  }

  private static int[] joined(int[] some, int[] more) {
    int[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }
}
