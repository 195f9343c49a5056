package dev.syris.task.leak;

import dev.syris.contracts.json.Json;
import dev.syris.platform.secret.SecretName;
import java.util.Set;
import tools.jackson.core.JacksonException;

/** Searches what should be JSON, and may be anything. Pure. */
final class Bytes {

  private Bytes() {}

  /** As it is; where it has escapes of which there are many, also as they are meant. */
  static Set<SecretName> search(LeakSearch search, byte[] bytes) {
    Set<SecretName> found = search.in(bytes);
    return found.isEmpty() && hasEscapes(bytes) ? searchMeant(search, bytes) : found;
  }

  private static boolean hasEscapes(byte[] bytes) {
    for (byte one : bytes) {
      if (one == '\\') {
        return true;
      }
    }
    return false;
  }

  private static Set<SecretName> searchMeant(LeakSearch search, byte[] bytes) {
    try {
      return search.in(Json.mapper().readTree(bytes));
    } catch (JacksonException _) {
      return Set.of();
    }
  }
}
