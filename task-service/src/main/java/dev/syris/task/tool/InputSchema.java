package dev.syris.task.tool;

import dev.syris.contracts.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * The shape of an action's arguments: a JSON object with named properties and no others. A strict
 * subset of JSON Schema (2020-12); a schema that says more than this class checks is refused, so
 * that nothing is promised and not kept.
 */
public final class InputSchema {

  private static final Set<String> KEYWORDS =
      Set.of("type", "properties", "required", "additionalProperties", "description");

  private final ObjectNode schema;
  private final Map<String, PropertySchema> properties;
  private final Set<String> required;

  private InputSchema(
      ObjectNode schema, Map<String, PropertySchema> properties, Set<String> required) {
    this.schema = schema;
    this.properties = properties;
    this.required = required;
  }

  /** One thing wrong with arguments; the message begins where the pointer ends. */
  public record Violation(String pointer, String message) {}

  /**
   * Reads a schema.
   *
   * @throws IllegalArgumentException where it is no object schema, is open to other properties, or
   *     has a keyword that is not checked here
   */
  public static InputSchema parse(String json) {
    ObjectNode schema = (ObjectNode) Json.strict().readTree(json);
    Set<String> unknown = new TreeSet<>(schema.propertyNames());
    unknown.removeAll(KEYWORDS);
    boolean closed =
        schema.path("additionalProperties").isBoolean()
            && !schema.get("additionalProperties").asBoolean();
    if (!unknown.isEmpty() || !closed || !schema.path("type").asString("").equals("object")) {
      throw new IllegalArgumentException(
          "an input schema is {\"type\": \"object\", \"additionalProperties\": false, …}; this one"
              + " is "
              + schema);
    }
    Map<String, PropertySchema> properties = PropertySchema.all(schema.path("properties"));
    Set<String> required = new TreeSet<>();
    schema.path("required").forEach(name -> required.add(name.asString()));
    return new InputSchema(schema, properties, required);
  }

  public ObjectNode schema() {
    return schema.deepCopy();
  }

  /** Everything that is wrong; empty where the arguments match. */
  public List<Violation> check(ObjectNode args) {
    var violations = new ArrayList<Violation>();
    for (String name : required) {
      if (!args.has(name)) {
        violations.add(new Violation(pointer(name), "is required"));
      }
    }
    for (var arg : args.properties()) {
      PropertySchema property = properties.get(arg.getKey());
      String fault =
          property == null ? "is not an argument of this action" : property.fault(arg.getValue());
      if (fault != null) {
        violations.add(new Violation(pointer(arg.getKey()), fault));
      }
    }
    return violations;
  }

  private static String pointer(String name) {
    return "/" + name.replace("~", "~0").replace("/", "~1");
  }
}
