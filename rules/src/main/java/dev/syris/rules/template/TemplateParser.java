package dev.syris.rules.template;

import dev.syris.contracts.json.Json;
import dev.syris.rules.path.Reference;
import dev.syris.rules.problem.Parsed.Bad;
import dev.syris.rules.problem.Parsed.Good;
import dev.syris.rules.problem.Pointers;
import dev.syris.rules.problem.Problems;
import dev.syris.rules.template.Part.Piece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Takes one template apart, and notes what it refers to and what is wrong with it. */
final class TemplateParser {

  private final Problems problems = new Problems();
  private final List<Reference> references = new ArrayList<>();

  TemplateReading parse(JsonNode json) {
    Part root = part(json, "", 1);
    return problems.isEmpty()
        ? new TemplateReading.Accepted(new Template(root.detached(), references))
        : new TemplateReading.Rejected(problems.toList());
  }

  private Part part(JsonNode json, String pointer, int depth) {
    if (problems.full()) {
      return new Part.Literal(json);
    }
    if (json.isContainer() && depth > Json.MAX_DEPTH) {
      problems.add(
          pointer, "is nested %d deep; at most %d are taken".formatted(depth, Json.MAX_DEPTH));
      return new Part.Literal(json);
    }
    return switch (json.getNodeType()) {
      case STRING -> text(json, pointer);
      case OBJECT -> members(json, pointer, depth);
      case ARRAY -> elements(json, pointer, depth);
      case NUMBER, BOOLEAN, NULL, MISSING, BINARY, POJO -> new Part.Literal(json);
    };
  }

  private Part members(JsonNode json, String pointer, int depth) {
    var parts = new LinkedHashMap<String, Part>();
    boolean same = true;
    for (var member : json.properties()) {
      Part part = part(member.getValue(), Pointers.child(pointer, member.getKey()), depth + 1);
      same &= isLiterally(part, member.getValue());
      parts.put(member.getKey(), part);
    }
    return same ? new Part.Literal(json) : new Part.Members(parts);
  }

  private Part elements(JsonNode json, String pointer, int depth) {
    var parts = new ArrayList<Part>();
    boolean same = true;
    for (int i = 0; i < json.size(); i++) {
      Part part = part(json.get(i), Pointers.child(pointer, i), depth + 1);
      same &= isLiterally(part, json.get(i));
      parts.add(part);
    }
    return same ? new Part.Literal(json) : new Part.Elements(parts);
  }

  /** Whether nothing has to be done to a node: it is the literal itself. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isLiterally(Part part, JsonNode json) {
    return part instanceof Part.Literal(JsonNode value) && value == json;
  }

  private Part text(JsonNode json, String pointer) {
    String text = json.asString();
    if (!text.contains("${")) {
      return new Part.Literal(json);
    }
    return switch (new TextParser(text, pointer).parse()) {
      case Good<List<Piece>>(List<Piece> pieces) -> text(pieces, pointer);
      case Bad<List<Piece>>(String message) -> {
        problems.add(pointer, message);
        yield new Part.Literal(json);
      }
    };
  }

  private Part text(List<Piece> pieces, String pointer) {
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Inserted(Reference reference)) {
        references.add(reference);
      }
    }
    if (pieces.size() == 1) {
      return switch (pieces.getFirst()) {
        case Piece.Plain(String text) -> new Part.Literal(StringNode.valueOf(text));
        case Piece.Inserted(Reference reference) -> new Part.Whole(reference);
      };
    }
    return new Part.Text(pointer, List.copyOf(pieces));
  }
}
