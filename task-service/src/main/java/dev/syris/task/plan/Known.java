package dev.syris.task.plan;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What references of a plan may find.
 *
 * @param input of the task; null where it is not known yet, as in a template
 * @param event behind the task; null where there is none
 * @param anyEvent whether an event may come later, as in a template
 */
public record Known(@Nullable ObjectNode input, @Nullable ObjectNode event, boolean anyEvent) {

  /** For a plan that is kept to be started later. */
  public static final Known LATER = new Known(null, null, true);

  /** Positions of the steps of a plan, by name. */
  static final class Names {
    private final Map<String, Integer> positions = new HashMap<>();

    /** Whether the name was free. */
    boolean add(String name, int position) {
      return positions.putIfAbsent(name, position) == null;
    }

    @Nullable Integer position(String name) {
      return positions.get(name);
    }
  }
}
