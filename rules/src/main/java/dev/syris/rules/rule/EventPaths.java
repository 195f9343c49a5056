package dev.syris.rules.rule;

import static java.util.Map.entry;

import dev.syris.rules.path.FieldPath;
import dev.syris.rules.problem.Shown;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which paths there can be in an event. */
final class EventPaths {

  private static final Set<String> NONE = Set.of();
  private static final Map<String, Set<String>> MEMBERS =
      Map.ofEntries(
          entry("event_id", NONE),
          entry("schema_version", NONE),
          entry("occurred_at", NONE),
          entry("ingested_at", NONE),
          entry("source", Set.of("channel", "connector_id", "thread_id", "message_id")),
          entry("actor", Set.of("type", "id")),
          entry("content", Set.of("text", "structured", "attachment_refs", "links")),
          entry("context", Set.of("timezone", "locale", "device_id")),
          entry("correlation", Set.of("trace_id", "parent_event_id", "dedupe_key", "depth")),
          entry("security", Set.of("sensitivity", "redaction_policy_id")));

  /** What has parts of its own. */
  private static final Set<String> OPEN = Set.of("structured", "attachment_refs", "links");

  private EventPaths() {}

  /** Why no event ever has something at a path: a sentence's end; null where one may. */
  static @Nullable String fault(FieldPath path) {
    List<String> segments = path.segments();
    Set<String> members = MEMBERS.get(segments.getFirst());
    if (members == null) {
      return "no event has; it has " + listed(MEMBERS.keySet());
    }
    if (segments.size() == 1) {
      return null;
    }
    String second = segments.get(1);
    if (!members.contains(second)) {
      String name = segments.getFirst();
      return members.isEmpty()
          ? "no event has: %s has no parts".formatted(name)
          : "no event has: %s has no %s, only %s"
              .formatted(name, Shown.text(second), listed(members));
    }
    return segments.size() == 2 || OPEN.contains(second)
        ? null
        : "no event has: %s.%s has no parts".formatted(segments.getFirst(), second);
  }

  private static String listed(Set<String> names) {
    return String.join(", ", new TreeSet<>(names));
  }
}
