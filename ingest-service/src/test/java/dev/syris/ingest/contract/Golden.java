package dev.syris.ingest.contract;

import dev.syris.contracts.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** Documents as they are on the wire, never changed once published. */
final class Golden {

  private Golden() {}

  static ObjectNode named(String name) {
    try (InputStream file = Golden.class.getResourceAsStream("/golden/" + name + ".json")) {
      return (ObjectNode) Json.strict().readTree(Objects.requireNonNull(file, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
