package dev.syris.gateway.ledger.reading;

import dev.syris.contracts.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Picks named leaves out of a JSON object in one pass, without building the rest. The whole
 * document is still checked: one object in UTF-8 and nothing behind it, and no name given twice on
 * the way to a leaf. Thread-safe.
 */
public final class JsonLeaves {

  private final Branch root = new Branch(null, 0);

  /** A step on the way to a leaf. */
  private static final class Branch {
    /** Where it is a leaf. */
    final @Nullable String path;

    /** One bit among its siblings. */
    final long mark;

    final Map<String, Branch> children = new HashMap<>();

    Branch(@Nullable String path, int number) {
      this.path = path;
      this.mark = 1L << number;
    }
  }

  /**
   * @param paths names joined by dots, such as {@code refs.event_id}
   */
  public JsonLeaves(List<String> paths) {
    paths.forEach(this::plant);
  }

  private void plant(String path) {
    Branch branch = root;
    String[] names = path.split("\\.");
    for (int i = 0; i < names.length; i++) {
      @Nullable String leaf = i == names.length - 1 ? path : null;
      int siblings = branch.children.size();
      branch = branch.children.computeIfAbsent(names[i], _ -> new Branch(leaf, siblings));
    }
  }

  /** The leaves that are there. */
  public Leaves in(byte[] json) throws MalformedRecordException {
    requireObjectInUtf8(json);
    var found = new HashMap<String, Leaves.Leaf>();
    try (JsonParser parser = Json.mapper().createParser(json)) {
      parser.nextToken();
      walk(parser, root, found);
      if (parser.nextToken() != null) {
        throw new MalformedRecordException("something follows the JSON object");
      }
    } catch (JacksonException e) {
      throw new MalformedRecordException("not JSON: " + e.getOriginalMessage());
    }
    return new Leaves(found);
  }

  private static void walk(JsonParser parser, Branch branch, Map<String, Leaves.Leaf> found)
      throws MalformedRecordException {
    long seen = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_OBJECT;
        token = parser.nextToken()) {
      String name = parser.currentName();
      Branch child = branch.children.get(name);
      JsonToken value = parser.nextToken();
      if (child == null) {
        parser.skipChildren();
        continue;
      }
      if ((seen & child.mark) != 0) {
        throw new MalformedRecordException("\"" + name + "\" is given twice");
      }
      seen |= child.mark;
      take(parser, child, name, value, found);
    }
  }

  private static void take(
      JsonParser parser, Branch child, String name, JsonToken value, Map<String, Leaves.Leaf> found)
      throws MalformedRecordException {
    if (child.path == null) {
      if (value == JsonToken.VALUE_NULL) {
        return;
      }
      if (value != JsonToken.START_OBJECT) {
        throw new MalformedRecordException("\"" + name + "\" is not an object");
      }
      walk(parser, child, found);
    } else if (value.isScalarValue()) {
      found.put(child.path, leaf(parser, value));
    } else {
      throw new MalformedRecordException("\"" + child.path + "\" is not a plain value");
    }
  }

  private static Leaves.Leaf leaf(JsonParser parser, JsonToken value) {
    return switch (value) {
      case VALUE_NULL -> Leaves.Leaf.NULL;
      case VALUE_STRING -> new Leaves.Leaf(parser.getString(), true);
      default -> new Leaves.Leaf(parser.getString(), false);
    };
  }

  /** The parser would take other encodings, and some bytes that are no UTF-8. */
  private static void requireObjectInUtf8(byte[] json) throws MalformedRecordException {
    if (json.length < 2 || json[0] != '{') {
      throw new MalformedRecordException("does not begin with \"{\"");
    }
    String text = new String(json, StandardCharsets.UTF_8);
    boolean doubtful = text.indexOf('\ufffd') >= 0;
    if (doubtful && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), json)) {
      throw new MalformedRecordException("not UTF-8");
    }
    if (text.indexOf('\0') >= 0) {
      throw new MalformedRecordException("holds a NUL byte");
    }
  }
}
