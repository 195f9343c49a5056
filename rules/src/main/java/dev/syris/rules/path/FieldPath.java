package dev.syris.rules.path;

import dev.syris.rules.problem.Parsed;
import dev.syris.rules.problem.Parsed.Bad;
import dev.syris.rules.problem.Parsed.Good;
import dev.syris.rules.problem.Shown;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A dotted path such as {@code steps.fetch.output.items.0.id}: a segment names a member of an
 * object or counts an element of a list, from 0. A name that holds a dot, a brace or anything not
 * printable can't be reached. Immutable.
 */
public record FieldPath(List<String> segments) {

  public static final int MAX_SEGMENTS = 10;
  private static final int MAX_LENGTH = 512;
  private static final int MAX_INDEX_DIGITS = 9;

  public FieldPath {
    segments = List.copyOf(segments);
    String fault = fault(String.join(".", segments), segments);
    if (fault != null) {
      throw new IllegalArgumentException("the path " + fault);
    }
  }

  public static Parsed<FieldPath> parse(String text) {
    List<String> segments = text.length() > MAX_LENGTH ? List.of() : List.of(text.split("\\.", -1));
    String fault = fault(text, segments);
    return fault == null ? new Good<>(new FieldPath(segments)) : new Bad<>(fault);
  }

  /** What lies at the path, which may be JSON null; null where nothing does. */
  public @Nullable JsonNode find(JsonNode document) {
    JsonNode here = document;
    for (String segment : segments) {
      JsonNode next = child(here, segment);
      if (next == null) {
        return null;
      }
      here = next;
    }
    return here;
  }

  /** Where the way to this path ends in a document in which it finds nothing: a sentence's end. */
  public String lostIn(JsonNode document) {
    JsonNode here = document;
    int found = 0;
    for (String segment : segments) {
      JsonNode next = child(here, segment);
      if (next == null) {
        break;
      }
      here = next;
      found++;
    }
    String place = found == 0 ? "the document" : String.join(".", segments.subList(0, found));
    return here.isObject()
        ? "%s has no %s".formatted(place, Shown.text(segments.get(found)))
        : "%s is %s".formatted(place, kind(here));
  }

  @Override
  public String toString() {
    return String.join(".", segments);
  }

  /** What one segment leads to from a node; null where it leads nowhere. */
  public static @Nullable JsonNode child(JsonNode parent, String segment) {
    if (parent.isObject()) {
      return parent.get(segment);
    }
    int index = parent.isArray() ? index(segment) : -1;
    return index < 0 ? null : parent.get(index);
  }

  /** The number a segment writes in the one way to write it; -1 where it writes none. */
  private static int index(String segment) {
    boolean digits = segment.chars().allMatch(c -> c >= '0' && c <= '9');
    boolean canonical = segment.length() == 1 || !segment.startsWith("0");
    return digits && canonical && segment.length() <= MAX_INDEX_DIGITS
        ? Integer.parseInt(segment)
        : -1;
  }

  private static @Nullable String fault(String text, List<String> segments) {
    if (text.isEmpty()) {
      return "is empty; name a field, such as content.text";
    }
    if (text.length() > MAX_LENGTH) {
      return "has %d characters; at most %d are taken".formatted(text.length(), MAX_LENGTH);
    }
    if (segments.size() > MAX_SEGMENTS) {
      return "has %d segments; at most %d are taken".formatted(segments.size(), MAX_SEGMENTS);
    }
    for (String segment : segments) {
      String fault = fault(segment);
      if (fault != null) {
        return "%s %s".formatted(Shown.text(text), fault);
      }
    }
    return null;
  }

  private static @Nullable String fault(String segment) {
    if (segment.isEmpty()) {
      return "has an empty segment; write names with one dot between them";
    }
    if (segment.startsWith(" ") || segment.endsWith(" ")) {
      return "has blanks round a segment; take them away";
    }
    if (segment.indexOf('{') >= 0 || segment.indexOf('}') >= 0) {
      return "has a brace in it; a path can't hold another";
    }
    if (segment.indexOf('.') >= 0) {
      return "has a dot inside a segment; each segment is one name";
    }
    return segment.codePoints().allMatch(FieldPath::isPrintable)
        ? null
        : "has a character that can't be printed; take it away";
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list of " + node.size();
      case STRING -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
      case NULL -> "null";
      case OBJECT -> "an object";
      case MISSING, BINARY, POJO -> "no JSON";
    };
  }
}
