package dev.syris.standalone.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Prints audit records as rows, each once, with the time since the first. */
final class TraceTable {

  private final PrintWriter out;
  private final Set<String> shown = new LinkedHashSet<>();
  private final Set<String> kinds = new LinkedHashSet<>();
  private @Nullable Instant first;

  TraceTable(PrintWriter out) {
    this.out = out;
  }

  void show(JsonNode items) {
    for (JsonNode item : items) {
      if (shown.add(item.path("audit_id").asString(""))) {
        row(item);
      }
    }
    out.flush();
  }

  /**
   * Whether a type was shown; {@code "type connector-channel"} also asks for the channel in the
   * details.
   */
  boolean has(String kind) {
    return kinds.contains(kind);
  }

  private void row(JsonNode item) {
    String type = item.path("type").asString("");
    Instant at = Instant.parse(item.path("recorded_at").asString("1970-01-01T00:00:00Z"));
    Instant start = first == null ? at : first;
    first = start;
    kinds.add(type);
    kinds.add(type + " " + item.path("details").path("channel").asString(""));
    out.printf(
        "  %5d ms  %-22s %-10s %s%n",
        Duration.between(start, at).toMillis(),
        type,
        item.path("outcome").asString(""),
        item.path("summary").asString(""));
  }
}
