package dev.syris.testkit.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.syris.contracts.json.Json;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Walks a record's components and a schema side by side: the same names, required exactly where not
 * {@code @Nullable}, the same kinds of value, the same names of enum constants. A schema may say
 * more than a type can: a string may be bound to a list or a pattern.
 */
final class SchemaComparison {

  private final JsonNode document;
  private final List<String> differences = new ArrayList<>();

  SchemaComparison(JsonNode document) {
    this.document = document;
  }

  List<String> of(Class<?> type) {
    compareRecord(type, document, "");
    return List.copyOf(differences);
  }

  private void compareRecord(Class<?> type, JsonNode schema, String place) {
    var components = new TreeMap<String, RecordComponent>();
    for (RecordComponent component : type.getRecordComponents()) {
      components.put(wireName(component), component);
    }
    compareSets(
        place + "/properties",
        new TreeSet<>(schema.path("properties").propertyNames()),
        components.keySet());
    compareSets(place + "/required", texts(schema.path("required")), required(components));
    components.forEach(
        (name, component) -> {
          JsonNode property = schema.path("properties").path(name);
          if (!property.isMissingNode()) {
            compareValue(component.getGenericType(), resolve(property), place + "/" + name);
          }
        });
  }

  private void compareValue(Type type, JsonNode schema, String place) {
    if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
      Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      boolean list = Collection.class.isAssignableFrom(raw);
      compareKind(list ? "array" : "object", schema, place);
      compareValue(
          last,
          resolve(schema.path(list ? "items" : "additionalProperties")),
          place + (list ? "/*" : "/{}"));
    } else if (type instanceof Class<?> plain) {
      compareClass(plain, schema, place);
    }
  }

  private void compareClass(Class<?> type, JsonNode schema, String place) {
    if (type.isEnum()) {
      compareSets(place, texts(schema.path("enum")), wireNames(type));
    } else if (type == Instant.class || type == UUID.class) {
      compareKind("string", schema, place);
      require(schema.has("pattern"), place + " has no pattern");
    } else if (type.isRecord()) {
      RecordComponent value = wrapped(type);
      if (value == null) {
        compareKind("object", schema, place);
        compareRecord(type, schema, place);
      } else {
        compareValue(value.getGenericType(), schema, place);
      }
    } else if (!JsonNode.class.equals(type)) {
      compareKind(kind(type), schema, place);
    }
  }

  private void compareKind(String expected, JsonNode schema, String place) {
    JsonNode found = schema.path("type");
    boolean asListOrConstant = schema.has("enum") || schema.has("const");
    boolean fits =
        found.isArray() ? texts(found).contains(expected) : found.asString("").equals(expected);
    require(
        fits || (found.isMissingNode() && asListOrConstant),
        "%s is %s, not %s".formatted(place, found, expected));
  }

  private void compareSets(String place, Set<String> published, Set<String> coded) {
    require(
        published.equals(coded), "%s: published %s, coded %s".formatted(place, published, coded));
  }

  private void require(boolean holds, String difference) {
    if (!holds) {
      differences.add(difference);
    }
  }

  private JsonNode resolve(JsonNode schema) {
    JsonNode reference = schema.path("$ref");
    return reference.isMissingNode() ? schema : document.at(reference.asString().substring(1));
  }

  private static String kind(Class<?> type) {
    if (type == boolean.class || type == Boolean.class) {
      return "boolean";
    }
    if (type == double.class || type == Double.class) {
      return "number";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "integer";
    }
    return type == ObjectNode.class || Map.class.isAssignableFrom(type) ? "object" : "string";
  }

  /** The one component a record is written as, where it is written as that alone. */
  private static @Nullable RecordComponent wrapped(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    boolean value =
        components.length == 1 && components[0].getAccessor().isAnnotationPresent(JsonValue.class);
    return value ? components[0] : null;
  }

  private static Set<String> required(Map<String, RecordComponent> components) {
    var required = new TreeSet<String>();
    components.forEach(
        (name, component) -> {
          AnnotatedType type = component.getAnnotatedType();
          if (!type.isAnnotationPresent(Nullable.class)) {
            required.add(name);
          }
        });
    return required;
  }

  private static Set<String> wireNames(Class<?> type) {
    var names = new TreeSet<String>();
    Stream.of(type.getEnumConstants())
        .forEach(constant -> names.add(Json.mapper().valueToTree(constant).asString()));
    return names;
  }

  /** The strings of a list; a null in it only says that the field may be null. */
  private static Set<String> texts(JsonNode list) {
    var texts = new TreeSet<String>();
    list.valueStream().filter(JsonNode::isString).forEach(text -> texts.add(text.asString()));
    return texts;
  }

  /** As written on the wire; a component says so itself where its name can't be a Java name. */
  private static String wireName(RecordComponent component) {
    JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
    return given == null ? snakeCase(component.getName()) : given.value();
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
