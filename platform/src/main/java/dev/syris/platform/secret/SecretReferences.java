package dev.syris.platform.secret;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * References in JSON: {@code {"$secret": "connector/key"}}, with {@code "prefix"} for what goes
 * before the secret, such as {@code "Bearer "}. Kept, hashed and shown as they are; followed at the
 * moment of use only.
 */
public final class SecretReferences {

  private static final String MARK = "$secret";
  private static final String PREFIX = "prefix";
  private static final Set<String> MEMBERS = Set.of(MARK, PREFIX);

  private SecretReferences() {}

  /** What following references comes to. */
  public sealed interface Resolution {}

  /**
   * All are followed. Holds secrets in clear, and does not show them.
   *
   * @param revealed the values that were put in
   */
  public record Resolved(JsonNode value, Set<String> revealed) implements Resolution {
    @Override
    public String toString() {
      return "Resolved[" + SecretValue.HIDDEN + "]";
    }
  }

  /**
   * Not all can be.
   *
   * @param missing names that are not set
   */
  public record Missing(List<SecretName> missing) implements Resolution {}

  /**
   * Something marked as a reference is none.
   *
   * @param pointer where
   */
  public record Malformed(String pointer) implements Resolution {}

  /** Whether a value is written as a reference, well-formed or not. */
  public static boolean isReference(JsonNode value) {
    return value.isObject() && value.has(MARK);
  }

  /** Follows every reference in a value; the value itself is left as it is. */
  public static Resolution resolve(JsonNode value, Secrets secrets) {
    var walk = new Walk(secrets);
    JsonNode resolved = walk.resolve(value, "");
    if (!walk.malformed.isEmpty()) {
      return new Malformed(walk.malformed.getFirst());
    }
    return walk.missing.isEmpty()
        ? new Resolved(resolved, Set.copyOf(walk.revealed))
        : new Missing(List.copyOf(walk.missing));
  }

  /** One walk through a value; collects what it can't follow. */
  private static final class Walk {
    private final Secrets secrets;
    private final Set<String> revealed = new LinkedHashSet<>();
    private final Set<SecretName> missing = new LinkedHashSet<>();
    private final List<String> malformed = new ArrayList<>();

    Walk(Secrets secrets) {
      this.secrets = secrets;
    }

    JsonNode resolve(JsonNode value, String pointer) {
      if (isReference(value)) {
        return follow((ObjectNode) value, pointer);
      }
      if (value.isObject()) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : value.properties()) {
          copy.set(
              member.getKey(),
              resolve(member.getValue(), pointer + "/" + escaped(member.getKey())));
        }
        return copy;
      }
      if (value.isArray()) {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < value.size(); i++) {
          copy.add(resolve(value.get(i), pointer + "/" + i));
        }
        return copy;
      }
      return value;
    }

    private JsonNode follow(ObjectNode reference, String pointer) {
      JsonNode prefix = reference.path(PREFIX);
      Optional<SecretName> name =
          reference.get(MARK).isString()
              ? SecretName.parse(reference.get(MARK).asString())
              : Optional.empty();
      boolean wellFormed = prefix.isMissingNode() || prefix.isString();
      if (name.isEmpty() || !wellFormed || !MEMBERS.containsAll(reference.propertyNames())) {
        malformed.add(pointer);
        return reference;
      }
      Optional<SecretValue> value = secrets.find(name.get());
      if (value.isEmpty()) {
        missing.add(name.get());
        return reference;
      }
      String text = value.get().reveal();
      revealed.add(text);
      return new StringNode(prefix.asString("") + text);
    }

    private static String escaped(String name) {
      return name.replace("~", "~0").replace("/", "~1");
    }
  }
}
