package dev.syris.task.plan;

import dev.syris.rules.path.FieldPath;
import dev.syris.rules.path.Reference;
import dev.syris.task.web.Fields;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Checks what a step refers to: what can never be found is refused before anything runs. */
final class References {

  private final Known known;
  private final Known.Names names;
  private final Fields fields;

  References(Known known, Known.Names names, Fields fields) {
    this.known = known;
    this.names = names;
    this.fields = fields;
  }

  /**
   * Checks each, and collects the steps that are read.
   *
   * @param position of the step they stand in
   * @param at pointer to what holds them
   */
  Set<String> check(List<Reference> references, int position, String at) {
    var reads = new LinkedHashSet<String>();
    for (Reference reference : references) {
      FieldPath path = reference.path();
      String fault = fault(path, position);
      if (fault != null) {
        fields.wrong(at + reference.pointer(), "reference", path + " " + fault);
      } else if (path.segments().getFirst().equals("steps")) {
        reads.add(path.segments().get(1));
      }
    }
    return reads;
  }

  private @Nullable String fault(FieldPath path, int position) {
    return switch (path.segments().getFirst()) {
      case "input" ->
          known.input() == null ? null : faultIn(path, known.input(), "the task's input");
      case "event" -> {
        if (known.event() == null) {
          yield known.anyEvent() ? null : "can't be found: the task has no event behind it";
        }
        yield faultIn(path, known.event(), "the event");
      }
      case "steps" -> stepFault(path, position);
      default -> "begins with none of input, event and steps";
    };
  }

  private static @Nullable String faultIn(FieldPath path, ObjectNode document, String name) {
    List<String> rest = path.segments().subList(1, path.segments().size());
    if (rest.isEmpty() || new FieldPath(rest).find(document) != null) {
      return null;
    }
    return "can't be found: %s has no %s".formatted(name, String.join(".", rest));
  }

  private @Nullable String stepFault(FieldPath path, int position) {
    List<String> segments = path.segments();
    if (segments.size() < 3
        || !(segments.get(2).equals("output") || segments.get(2).equals("status"))) {
      return "must look like steps.NAME.output or steps.NAME.status";
    }
    Integer target = names.position(segments.get(1));
    if (target == null) {
      return "can't be found: there is no step \"%s\"".formatted(segments.get(1));
    }
    return target >= position
        ? "can't be found: step \"%s\" comes later".formatted(segments.get(1))
        : null;
  }
}
