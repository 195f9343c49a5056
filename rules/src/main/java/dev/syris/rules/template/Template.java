package dev.syris.rules.template;

import dev.syris.rules.path.Reference;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** JSON with references in its strings, taken apart once. Immutable. */
public final class Template {

  private final Part root;
  private final List<Reference> references;

  Template(Part root, List<Reference> references) {
    this.root = root;
    this.references = List.copyOf(references);
  }

  public static TemplateReading parse(JsonNode json) {
    return new TemplateParser().parse(json);
  }

  /** Every reference in the order in which they stand; a path is there as often as it is used. */
  public List<Reference> references() {
    return references;
  }

  /**
   * Fills the references in. The result is never taller than {@link
   * dev.syris.contracts.json.Json#MAX_DEPTH}.
   *
   * @param maxBytes what the result may have at most, as compact JSON in UTF-8
   */
  public Rendering render(JsonNode document, int maxBytes) {
    return new Renderer(document, maxBytes).render(root);
  }
}
