package dev.syris.task.http;

import dev.syris.platform.secret.SecretValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Takes secrets out of what a target says: as they are, and in the forms targets echo them in (JSON
 * escapes, percent-encoding, base64). Never shows itself.
 */
final class Mask {

  private final List<String> forms;

  Mask(Set<String> secrets) {
    this.forms =
        secrets.stream()
            .flatMap(Mask::parts)
            .flatMap(Mask::forms)
            .distinct()
            .filter(form -> !form.isEmpty())
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** Of a secret address, also what comes after the host, with and without its query. */
  private static Stream<String> parts(String secret) {
    int host = secret.startsWith("http") ? secret.indexOf("://") : -1;
    int path = host < 0 ? -1 : secret.indexOf('/', host + 3);
    if (path < 0 || path == secret.length() - 1) {
      return Stream.of(secret);
    }
    String after = secret.substring(path);
    int query = after.indexOf('?');
    return query > 1
        ? Stream.of(secret, after, after.substring(0, query))
        : Stream.of(secret, after);
  }

  private static Stream<String> forms(String secret) {
    String percent = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    String json = new StringNode(secret).toString();
    return Stream.of(
        secret,
        percent,
        percent.replace("+", "%20"),
        json.substring(1, json.length() - 1),
        Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
  }

  String text(String text) {
    String masked = text;
    for (String form : forms) {
      masked = masked.replace(form, SecretValue.HIDDEN);
    }
    return masked;
  }

  /** Names and values; a number that is a secret becomes text. */
  JsonNode json(JsonNode value) {
    if (forms.isEmpty()) {
      return value;
    }
    if (value.isObject()) {
      ObjectNode masked = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        masked.set(text(member.getKey()), json(member.getValue()));
      }
      return masked;
    }
    if (value.isArray()) {
      ArrayNode masked = JsonNodeFactory.instance.arrayNode();
      value.forEach(element -> masked.add(json(element)));
      return masked;
    }
    if (value.isNull()) {
      return value;
    }
    String shown = value.asString();
    String masked = text(shown);
    return masked.equals(shown) ? value : new StringNode(masked);
  }

  @Override
  public String toString() {
    return "Mask[" + forms.size() + "]";
  }
}
