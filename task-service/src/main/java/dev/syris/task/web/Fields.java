package dev.syris.task.web;

import dev.syris.contracts.json.StorableText;
import dev.syris.platform.problem.ProblemException.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads members of JSON objects and collects what is wrong with them. For one document. */
public final class Fields {

  /** More than that helps nobody. */
  private static final int MAX_ERRORS = 50;

  private final List<FieldError> errors = new ArrayList<>();

  public List<FieldError> errors() {
    return errors;
  }

  public boolean full() {
    return errors.size() >= MAX_ERRORS;
  }

  public void wrong(String pointer, String code, String message) {
    if (!full()) {
      errors.add(new FieldError(StorableText.shown(pointer, 512), code, message));
    }
  }

  /** A text with something in it; empty where it is absent or wrong. */
  public Optional<String> text(JsonNode parent, String name, String at, int maxLength) {
    JsonNode node = given(parent, name);
    String pointer = at + "/" + name;
    if (node == null) {
      return Optional.empty();
    }
    if (!node.isString()) {
      wrong(pointer, "type", "must be a text");
      return Optional.empty();
    }
    String text = node.asString();
    String fault = StorableText.fault(text);
    if (fault != null) {
      wrong(pointer, "format", fault);
    } else if (text.isBlank() || text.length() > maxLength) {
      wrong(
          pointer,
          "length",
          "has %d characters; it must have from 1 to %d".formatted(text.length(), maxLength));
    } else {
      return Optional.of(text);
    }
    return Optional.empty();
  }

  /** The same, where it must be there. */
  public Optional<String> requiredText(JsonNode parent, String name, String at, int maxLength) {
    if (given(parent, name) == null) {
      wrong(at + "/" + name, "required", "is required");
      return Optional.empty();
    }
    return text(parent, name, at, maxLength);
  }

  /** A whole number in a range; empty where it is absent or wrong. */
  public Optional<Long> number(JsonNode parent, String name, String at, long from, long to) {
    JsonNode node = given(parent, name);
    if (node == null) {
      return Optional.empty();
    }
    boolean whole = node.isIntegralNumber() && node.canConvertToLong();
    if (!whole || node.asLong() < from || node.asLong() > to) {
      wrong(
          at + "/" + name,
          node.isNumber() ? "range" : "type",
          "is %s; it must be a whole number from %d to %d"
              .formatted(StorableText.shown(node.toString(), 40), from, to));
      return Optional.empty();
    }
    return Optional.of(node.asLong());
  }

  /** A boolean; the default where it is absent or wrong. */
  public boolean flag(JsonNode parent, String name, String at, boolean otherwise) {
    JsonNode node = given(parent, name);
    if (node != null && !node.isBoolean()) {
      wrong(at + "/" + name, "type", "must be true or false");
    }
    return node == null || !node.isBoolean() ? otherwise : node.asBoolean();
  }

  /** An object; null where it is absent or wrong. */
  public @Nullable ObjectNode object(JsonNode parent, String name, String at) {
    JsonNode node = given(parent, name);
    if (node != null && !node.isObject()) {
      wrong(at + "/" + name, "type", "must be an object");
    }
    return node instanceof ObjectNode object ? object : null;
  }

  /** A member that says something; null counts as nothing. */
  public static @Nullable JsonNode given(JsonNode parent, String name) {
    JsonNode node = parent.get(name);
    return node == null || node.isNull() ? null : node;
  }
}
