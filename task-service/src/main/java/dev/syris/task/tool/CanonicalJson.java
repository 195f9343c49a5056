package dev.syris.task.tool;

import dev.syris.contracts.id.Uuids;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Hashes JSON by what it means: the order of names, blanks and the spelling of a number ({@code
 * 10}, {@code 10.0}, {@code 1e1}) make no difference, and no two different values share a form.
 * Pure.
 */
public final class CanonicalJson {

  private CanonicalJson() {}

  /** SHA-256 of the canonical form, in hexadecimal. */
  public static String hash(JsonNode value) {
    var form = new StringBuilder();
    write(value, form);
    return HexFormat.of()
        .formatHex(Uuids.sha256().digest(form.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static void write(JsonNode value, StringBuilder form) {
    switch (value.getNodeType()) {
      case OBJECT -> {
        Map<String, JsonNode> sorted = new TreeMap<>();
        value.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        form.append('{');
        sorted.forEach(
            (name, member) -> {
              text(name, form);
              write(member, form);
            });
        form.append('}');
      }
      case ARRAY -> {
        form.append('[');
        value.forEach(element -> write(element, form));
        form.append(']');
      }
      case STRING -> text(value.asString(), form);
      case NUMBER -> form.append('#').append(value.decimalValue().stripTrailingZeros()).append(';');
      case BOOLEAN -> form.append(value.asBoolean() ? 't' : 'f');
      case NULL, MISSING -> form.append('n');
      case BINARY, POJO -> throw new IllegalArgumentException("not JSON: " + value.getNodeType());
    }
  }

  /** The length comes first, so that nothing need be escaped. */
  private static void text(String text, StringBuilder form) {
    form.append('"').append(text.length()).append(':').append(text);
  }
}
