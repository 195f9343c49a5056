package dev.syris.rules.template;

import dev.syris.rules.path.Reference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A template taken apart. What holds no reference is one literal, however large. */
sealed interface Part {

  /** Stays as it is. */
  record Literal(JsonNode value) implements Part {}

  /** A string that is one reference. */
  record Whole(Reference reference) implements Part {}

  /** A text with references in it. */
  record Text(String pointer, List<Piece> pieces) implements Part {}

  /** An object, in the order of its members. */
  record Members(Map<String, Part> parts) implements Part {}

  /** A list. */
  record Elements(List<Part> parts) implements Part {}

  /** A stretch of a text. */
  sealed interface Piece {

    /** As it is written. */
    record Plain(String text) implements Piece {}

    /** To be filled in. */
    record Inserted(Reference reference) implements Piece {}
  }

  /** The same with nothing left of the JSON it was made from, which others may change. */
  default Part detached() {
    return switch (this) {
      case Literal(JsonNode value) -> new Literal(value.deepCopy());
      case Whole whole -> whole;
      case Text text -> text;
      case Members(Map<String, Part> parts) -> {
        var copies = new LinkedHashMap<String, Part>();
        parts.forEach((name, part) -> copies.put(name, part.detached()));
        yield new Members(copies);
      }
      case Elements(List<Part> parts) -> new Elements(parts.stream().map(Part::detached).toList());
    };
  }
}
