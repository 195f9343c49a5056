package dev.syris.contracts.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Text a database can keep: no U+0000 and no half of a surrogate pair. Pure. */
public final class StorableText {

  private StorableText() {}

  /** What stands in the way of keeping a text; null where nothing does. */
  public static @Nullable String fault(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return "holds U+0000";
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return "holds half a surrogate pair (U+%04X)".formatted((int) c);
      }
    }
    return null;
  }

  /** What stands in the way of keeping JSON, at any depth; null where nothing does. */
  public static @Nullable String faultIn(JsonNode value) {
    if (value.isString()) {
      return fault(value.asString());
    }
    for (var member : value.properties()) {
      String fault = fault(member.getKey());
      String deeper = fault == null ? faultIn(member.getValue()) : fault;
      if (deeper != null) {
        return deeper;
      }
    }
    if (value.isArray()) {
      for (JsonNode element : value) {
        String fault = faultIn(element);
        if (fault != null) {
          return fault;
        }
      }
    }
    return null;
  }

  /**
   * The text made fit to show and keep: at most {@code maxLength} characters and a dot, U+FFFD for
   * what can't stay.
   */
  public static String shown(String text, int maxLength) {
    String cut = text.length() > maxLength ? text.substring(0, maxLength) : text;
    if (cut.length() < text.length() && Character.isHighSurrogate(cut.charAt(cut.length() - 1))) {
      cut = cut.substring(0, cut.length() - 1);
    }
    String kept = fault(cut) == null ? cut : replaceFaults(cut);
    return cut.length() < text.length() ? kept + "…" : kept;
  }

  private static String replaceFaults(String text) {
    var kept = new StringBuilder(text.length());
    text.codePoints()
        .map(
            c ->
                c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                    ? 0xfffd
                    : c)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }
}
