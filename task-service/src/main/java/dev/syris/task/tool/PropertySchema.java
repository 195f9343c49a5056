package dev.syris.task.tool;

import dev.syris.contracts.json.StorableText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One property of an {@link InputSchema}. An absent limit is null; a type of "any" takes whatever
 * JSON can say.
 */
record PropertySchema(
    String type,
    @Nullable BigDecimal minimum,
    @Nullable BigDecimal maximum,
    @Nullable Integer minLength,
    @Nullable Integer maxLength,
    List<String> choices) {

  private static final String ANY = "any";
  private static final int SHOWN = 64;
  private static final Set<String> TYPES =
      Set.of("string", "integer", "number", "boolean", "object", "array");
  private static final Set<String> KEYWORDS =
      Set.of("type", "minimum", "maximum", "minLength", "maxLength", "enum", "description");

  static Map<String, PropertySchema> all(JsonNode properties) {
    var all = new HashMap<String, PropertySchema>();
    properties
        .properties()
        .forEach(entry -> all.put(entry.getKey(), of(entry.getKey(), entry.getValue())));
    return Map.copyOf(all);
  }

  private static PropertySchema of(String name, JsonNode schema) {
    Set<String> unknown = new TreeSet<>(schema.propertyNames());
    unknown.removeAll(KEYWORDS);
    String type = schema.path("type").asString(ANY);
    if (!unknown.isEmpty() || !(type.equals(ANY) || TYPES.contains(type))) {
      throw new IllegalArgumentException(
          "the schema of " + name + " says more than is checked: " + schema);
    }
    var choices = new ArrayList<String>();
    schema.path("enum").forEach(choice -> choices.add(choice.asString()));
    return new PropertySchema(
        type,
        schema.has("minimum") ? schema.get("minimum").decimalValue() : null,
        schema.has("maximum") ? schema.get("maximum").decimalValue() : null,
        schema.has("minLength") ? (Integer) schema.get("minLength").asInt() : null,
        schema.has("maxLength") ? (Integer) schema.get("maxLength").asInt() : null,
        List.copyOf(choices));
  }

  /** What is wrong with a value; null where nothing is. */
  @Nullable String fault(JsonNode value) {
    if (!typeMatches(value)) {
      return "is %s; it must be %s".formatted(nameOf(value), withArticle(type));
    }
    if (!choices.isEmpty() && !choices.contains(value.asString())) {
      return "is %s; it must be one of %s".formatted(shown(value), String.join(", ", choices));
    }
    if (value.isNumber()) {
      return rangeFault(value.decimalValue());
    }
    return value.isString() ? lengthFault(value.asString()) : null;
  }

  private boolean typeMatches(JsonNode value) {
    return switch (type) {
      case "string" -> value.isString();
      case "integer" -> value.isNumber() && isWhole(value);
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      default -> true;
    };
  }

  /**
   * JSON Schema counts 1.0 as an integer; so much precision that it has no use is not worth the
   * memory to find out.
   */
  private static boolean isWhole(JsonNode value) {
    if (value.isIntegralNumber()) {
      return true;
    }
    BigDecimal decimal = value.decimalValue();
    return Math.abs((long) decimal.scale()) < 64 && decimal.stripTrailingZeros().scale() <= 0;
  }

  private @Nullable String rangeFault(BigDecimal value) {
    boolean low = minimum != null && value.compareTo(minimum) < 0;
    boolean high = maximum != null && value.compareTo(maximum) > 0;
    return low || high
        ? "is out of range; it must be from %s to %s".formatted(end(minimum), end(maximum))
        : null;
  }

  private @Nullable String lengthFault(String value) {
    int length = value.codePointCount(0, value.length());
    boolean low = minLength != null && length < minLength;
    boolean high = maxLength != null && length > maxLength;
    return low || high
        ? "has %d characters; it must have from %s to %s"
            .formatted(length, end(minLength), end(maxLength))
        : null;
  }

  private static String end(@Nullable Object limit) {
    return limit == null ? "any" : limit.toString();
  }

  private static String nameOf(JsonNode value) {
    return value.isNull()
        ? "null"
        : withArticle(value.getNodeType().name().toLowerCase(Locale.ROOT));
  }

  private static String withArticle(String noun) {
    return ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
  }

  private static String shown(JsonNode value) {
    return '"' + StorableText.shown(value.asString(), SHOWN) + '"';
  }
}
