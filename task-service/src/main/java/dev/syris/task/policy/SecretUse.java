package dev.syris.task.policy;

import dev.syris.platform.secret.SecretReferences;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Which secrets arguments refer to; one that is written wrongly counts, too. Pure. */
final class SecretUse {

  private SecretUse() {}

  static Set<String> in(JsonNode args) {
    var names = new TreeSet<String>();
    collect(args, names);
    return names;
  }

  private static void collect(JsonNode value, Set<String> names) {
    if (SecretReferences.isReference(value)) {
      names.add(value.path("$secret").asString("?"));
      return;
    }
    value.forEach(child -> collect(child, names));
  }
}
