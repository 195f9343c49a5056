package dev.syris.gateway.query;

import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.Json;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Where a page ended: the sort keys of its last item, bound to the list they are of. Opaque to
 * clients, who get a 400 when they carry it to another list. It gives no access to anything the
 * same filters would not show, so it is not signed.
 */
final class Cursor {

  private static final int MAX_LENGTH = 1024;
  private static final int BINDING_BYTES = 8;

  private Cursor() {}

  static String write(Collection collection, Map<String, String> filters, List<String> keys) {
    ArrayNode parts = Json.mapper().createArrayNode();
    parts.add(binding(collection, filters));
    keys.forEach(parts::add);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(parts));
  }

  /**
   * The values of the keys, for SQL.
   *
   * @throws IllegalArgumentException where the text is no cursor of this list
   */
  static List<Object> read(String text, Collection collection, Map<String, String> filters) {
    List<String> parts = parts(text);
    if (parts.size() != collection.order().size() + 1) {
      throw new IllegalArgumentException("is no cursor of this list");
    }
    if (!parts.getFirst().equals(binding(collection, filters))) {
      throw new IllegalArgumentException("is of another list, or of other filters");
    }
    var values = new ArrayList<Object>();
    for (int i = 0; i < collection.order().size(); i++) {
      values.add(collection.order().get(i).parse(parts.get(i + 1)));
    }
    return values;
  }

  private static List<String> parts(String text) {
    try {
      if (text.length() > MAX_LENGTH) {
        throw new IllegalArgumentException("is no cursor of this list");
      }
      JsonNode parts = Json.mapper().readTree(Base64.getUrlDecoder().decode(text));
      var texts = new ArrayList<String>();
      parts.forEach(part -> texts.add(part.stringValue("")));
      return texts;
    } catch (JacksonException e) {
      throw new IllegalArgumentException("is no cursor of this list", e);
    }
  }

  /** A short hash of the list and its filters; only a mistake has to be noticed, not an attack. */
  private static String binding(Collection collection, Map<String, String> filters) {
    var words = new ArrayList<String>();
    words.add(collection.name());
    filters.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(filter -> words.addAll(List.of(filter.getKey(), filter.getValue())));
    byte[] hash = Uuids.sha256().digest(Json.bytes(words));
    return HexFormat.of().formatHex(hash, 0, BINDING_BYTES);
  }
}
