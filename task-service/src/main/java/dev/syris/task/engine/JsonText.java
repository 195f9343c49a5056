package dev.syris.task.engine;

import dev.syris.contracts.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as a column has it, read when somebody asks for what is in it: most of what a row holds is
 * not needed where a step ends. Equal where what was written is equal. Not for several threads.
 */
public final class JsonText {

  private final String text;
  private @Nullable JsonNode node;

  private JsonText(String text, @Nullable JsonNode node) {
    this.text = text;
    this.node = node;
  }

  /** What a column has; must be JSON. */
  static JsonText of(String text) {
    return new JsonText(text, null);
  }

  public static JsonText of(JsonNode node) {
    return new JsonText(Json.mapper().writeValueAsString(node), node);
  }

  /** Nothing where there is nothing. */
  public static @Nullable JsonText ofNullable(@Nullable JsonNode node) {
    return node == null ? null : of(node);
  }

  /** What is in it; not to be changed. */
  public JsonNode node() {
    JsonNode read = node;
    if (read == null) {
      read = Json.mapper().readTree(text);
      node = read;
    }
    return read;
  }

  /**
   * The same, of an object.
   *
   * @throws ClassCastException where it is none
   */
  ObjectNode object() {
    return (ObjectNode) node();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonText that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
