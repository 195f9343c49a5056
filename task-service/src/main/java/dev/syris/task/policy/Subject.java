package dev.syris.task.policy;

import dev.syris.contracts.routing.RiskLevel;
import dev.syris.contracts.tool.Requester;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call that is judged.
 *
 * @param args fit the action's schema
 * @param declared the tool's own risk for this action and these arguments
 * @param readOnly whether the action, with these arguments, changes nothing
 * @param integration the way outside its tool goes; null where it stays in the house
 * @param quiet names of the quiet hours that hold now
 */
public record Subject(
    String tool,
    String action,
    ObjectNode args,
    RiskLevel declared,
    boolean readOnly,
    @Nullable String integration,
    Requester requestedBy,
    Set<String> quiet) {

  public Subject {
    quiet = Set.copyOf(quiet);
  }
}
