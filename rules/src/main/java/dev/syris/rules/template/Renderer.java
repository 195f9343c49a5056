package dev.syris.rules.template;

import dev.syris.contracts.json.Json;
import dev.syris.rules.path.FieldPath;
import dev.syris.rules.path.Reference;
import dev.syris.rules.problem.Problems;
import dev.syris.rules.template.Part.Piece;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/**
 * Fills in the references of one template for one document. Only texts take memory before the size
 * is known: what is referred to as a whole is not copied until it is known to fit.
 */
final class Renderer {

  private final JsonNode document;
  private final int maxBytes;
  private final Problems problems = new Problems();

  /** Characters that may still go into texts; each will be a byte or more. */
  private int textLeft;

  Renderer(JsonNode document, int maxBytes) {
    this.document = document;
    this.maxBytes = maxBytes;
    this.textLeft = maxBytes;
  }

  Rendering render(Part root) {
    JsonNode value = node(root);
    if (problems.isEmpty()) {
      refuseExcess("", JsonSize.excess(value, maxBytes, Json.MAX_DEPTH));
    }
    return problems.isEmpty()
        ? new Rendering.Rendered(value.deepCopy())
        : new Rendering.Failed(problems.toList());
  }

  private JsonNode node(Part part) {
    return switch (part) {
      case Part.Literal(JsonNode value) -> value;
      case Part.Whole(Reference reference) ->
          Objects.requireNonNullElse(found(reference), NullNode.getInstance());
      case Part.Text text -> StringNode.valueOf(text(text));
      case Part.Members(var parts) -> {
        var object = Json.object();
        parts.forEach((name, member) -> object.set(name, node(member)));
        yield object;
      }
      case Part.Elements(List<Part> parts) -> {
        var list = Json.mapper().createArrayNode();
        parts.forEach(element -> list.add(node(element)));
        yield list;
      }
    };
  }

  /** What a reference finds; null, and a problem, where it finds nothing. */
  private @Nullable JsonNode found(Reference reference) {
    FieldPath path = reference.path();
    JsonNode found = path.find(document);
    if (found == null) {
      problems.add(
          reference.pointer(),
          "refers to ${%s}, which finds nothing: %s".formatted(path, path.lostIn(document)));
    }
    return found;
  }

  private String text(Part.Text text) {
    var filled = new StringBuilder();
    for (Piece piece : text.pieces()) {
      String next =
          switch (piece) {
            case Piece.Plain(String plain) -> plain;
            case Piece.Inserted(Reference reference) -> inserted(reference);
          };
      if (next.length() > textLeft) {
        refuseExcess(text.pointer(), JsonSize.Excess.TOO_LARGE);
        return "";
      }
      textLeft -= next.length();
      filled.append(next);
    }
    return filled.toString();
  }

  private String inserted(Reference reference) {
    JsonNode found = found(reference);
    if (found == null) {
      return "";
    }
    if (found.isContainer()) {
      return compact(found, reference.pointer());
    }
    if (found.isNull()) {
      problems.add(
          reference.pointer(),
          "refers to ${%s}, which is null and has no text; a string that is nothing but the"
                  .formatted(reference.path())
              + " reference can take it");
    }
    return found.asString();
  }

  private String compact(JsonNode container, String pointer) {
    JsonSize.Excess excess = JsonSize.excess(container, 4L * textLeft, Json.MAX_DEPTH);
    refuseExcess(pointer, excess);
    return excess == null ? Json.mapper().writeValueAsString(container) : "";
  }

  private void refuseExcess(String pointer, JsonSize.@Nullable Excess excess) {
    switch (excess) {
      case TOO_LARGE ->
          problems.add(
              pointer,
              "has more than %d bytes with its references filled in; refer to less"
                  .formatted(maxBytes));
      case TOO_DEEP ->
          problems.add(
              pointer,
              "is nested more than %d deep with its references filled in; refer to a part of it"
                  .formatted(Json.MAX_DEPTH));
      case null -> {}
    }
  }
}
