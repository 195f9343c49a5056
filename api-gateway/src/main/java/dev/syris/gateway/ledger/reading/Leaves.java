package dev.syris.gateway.ledger.reading;

import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.StorableText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Leaves found in a document, asked for by path and as what they must be. */
public final class Leaves {

  private static final int SHOWN = 64;

  private final Map<String, Leaf> found;

  /** A plain value as text; {@code string} where the document has it in quotes. */
  record Leaf(String text, boolean string) {
    static final Leaf NULL = new Leaf("null", false);
  }

  Leaves(Map<String, Leaf> found) {
    this.found = found;
  }

  /** True where the document names it, be it with null. */
  public boolean has(String path) {
    return found.containsKey(path);
  }

  /** A string a database can keep, or nothing. */
  public @Nullable String textOrNull(String path) throws MalformedRecordException {
    Leaf leaf = found.get(path);
    if (leaf == null || leaf == Leaf.NULL) {
      return null;
    }
    if (!leaf.string) {
      throw new MalformedRecordException("\"" + path + "\" is not a string");
    }
    String fault = StorableText.fault(leaf.text);
    if (fault != null) {
      throw new MalformedRecordException("\"" + path + "\" " + fault);
    }
    return leaf.text;
  }

  public String text(String path) throws MalformedRecordException {
    String text = textOrNull(path);
    if (text == null) {
      throw new MalformedRecordException("\"" + path + "\" is missing");
    }
    return text;
  }

  public @Nullable UUID uuidOrNull(String path) throws MalformedRecordException {
    String text = textOrNull(path);
    try {
      return text == null ? null : Uuids.parse(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedRecordException("\"" + path + "\": " + e.getMessage());
    }
  }

  public UUID uuid(String path) throws MalformedRecordException {
    UUID uuid = uuidOrNull(path);
    if (uuid == null) {
      throw new MalformedRecordException("\"" + path + "\" is missing");
    }
    return uuid;
  }

  public Instant time(String path) throws MalformedRecordException {
    String text = text(path);
    try {
      return InstantCodec.parse(text);
    } catch (DateTimeException e) {
      throw new MalformedRecordException(
          "\"%s\" is no RFC 3339 time: \"%s\"".formatted(path, StorableText.shown(text, SHOWN)));
    }
  }

  /** A whole number that is not written as a string. */
  public long number(String path) throws MalformedRecordException {
    Leaf leaf = found.get(path);
    if (leaf == null || leaf.string) {
      throw new MalformedRecordException("\"" + path + "\" is not a number");
    }
    try {
      return Long.parseLong(leaf.text);
    } catch (NumberFormatException e) {
      throw new MalformedRecordException(
          "\"%s\" is not a whole number: %s".formatted(path, StorableText.shown(leaf.text, SHOWN)));
    }
  }
}
