package dev.syris.ingest.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.syris.contracts.json.Json;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The fields of an HTML form, in the order they came, each with all its values. Pure. */
record FormFields(Map<String, List<String>> values) {

  /**
   * Reads {@code application/x-www-form-urlencoded} (WHATWG URL, section 5.1).
   *
   * @throws IllegalArgumentException where a percent sign is not followed by two hexadecimal digits
   */
  static FormFields parse(String text) {
    var values = new LinkedHashMap<String, List<String>>();
    for (String pair : text.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        values.computeIfAbsent(decode(name), _ -> new ArrayList<>()).add(decode(value));
      }
    }
    return new FormFields(values);
  }

  /** The value of a field where it is the only one, and there once. */
  Optional<String> only(String name) {
    List<String> all = values.getOrDefault(name, List.of());
    return values.size() == 1 && all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
  }

  /** A string for a field that came once, a list for one that came several times. */
  ObjectNode toJson() {
    ObjectNode json = Json.object();
    values.forEach(
        (name, all) -> {
          if (all.size() == 1) {
            json.put(name, all.getFirst());
          } else {
            all.forEach(json.withArrayProperty(name)::add);
          }
        });
    return json;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, UTF_8);
  }
}
