package dev.syris.rules.template;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How much JSON would be, without writing it: bytes of UTF-8, compact, and levels. Stops where a
 * limit is passed.
 */
final class JsonSize {

  /** Bytes of a character that is escaped by its number. */
  private static final int MOST = 6;

  private final int maxDepth;
  private final boolean atMost;
  private long left;

  /**
   * @param atMost counts what a text is at most, by its length alone; nearly everything is far from
   *     any limit, and need not be looked at character by character
   */
  private JsonSize(long maxBytes, int maxDepth, boolean atMost) {
    this.maxDepth = maxDepth;
    this.left = maxBytes;
    this.atMost = atMost;
  }

  /** Which limit is passed. */
  enum Excess {
    TOO_LARGE,
    TOO_DEEP
  }

  /** What is too much about a node; null where nothing is. */
  static @Nullable Excess excess(JsonNode node, long maxBytes, int maxDepth) {
    return new JsonSize(maxBytes, maxDepth, true).take(node, 1) == null
        ? null
        : new JsonSize(maxBytes, maxDepth, false).take(node, 1);
  }

  private @Nullable Excess take(JsonNode node, int depth) {
    return switch (node.getNodeType()) {
      case OBJECT -> depth > maxDepth ? Excess.TOO_DEEP : object(node, depth);
      case ARRAY -> depth > maxDepth ? Excess.TOO_DEEP : array(node, depth);
      case STRING, BINARY, POJO -> spend(quoted(node.asString()));
      case NUMBER, BOOLEAN -> spend(node.asString().length());
      case NULL, MISSING -> spend("null".length());
    };
  }

  private @Nullable Excess object(JsonNode object, int depth) {
    Excess excess = spend(2L + Math.max(0, object.size() - 1));
    for (var member : object.properties()) {
      if (excess == null) {
        excess = spend(quoted(member.getKey()) + 1);
      }
      if (excess == null) {
        excess = take(member.getValue(), depth + 1);
      }
    }
    return excess;
  }

  private @Nullable Excess array(JsonNode array, int depth) {
    Excess excess = spend(2L + Math.max(0, array.size() - 1));
    for (int i = 0; i < array.size() && excess == null; i++) {
      excess = take(array.get(i), depth + 1);
    }
    return excess;
  }

  private @Nullable Excess spend(long bytes) {
    left -= bytes;
    return left < 0 ? Excess.TOO_LARGE : null;
  }

  private long quoted(String text) {
    return atMost ? 2 + MOST * (long) text.length() : exactly(text);
  }

  private static long exactly(String text) {
    long bytes = 2;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20) {
        bytes += "\b\t\n\f\r".indexOf(c) >= 0 ? 2 : 6;
      } else if (c == '"' || c == '\\') {
        bytes += 2;
      } else if (c < 0x80) {
        bytes++;
      } else {
        // Half of a pair is two bytes: the pair has four.
        bytes += c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
      }
    }
    return bytes;
  }
}
