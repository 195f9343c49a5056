package dev.syris.pipeline.fastpath;

import dev.syris.contracts.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The fast path as data.
 *
 * @param leading words before a command that mean nothing
 * @param trailing the same behind it
 */
record PatternTable(Set<String> leading, Set<String> trailing, List<Intent> intents) {

  private static final String RESOURCE = "pattern-table.json";

  PatternTable {
    leading = Set.copyOf(leading);
    trailing = Set.copyOf(trailing);
    intents = List.copyOf(intents);
  }

  static PatternTable standard() {
    try (InputStream json = PatternTable.class.getResourceAsStream(RESOURCE)) {
      return Json.strict()
          .readValue(Objects.requireNonNull(json, RESOURCE + " is missing"), PatternTable.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
