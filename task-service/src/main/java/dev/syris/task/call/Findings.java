package dev.syris.task.call;

import dev.syris.contracts.json.Json;
import dev.syris.task.gate.Decision;
import dev.syris.task.gate.Risk;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was found on the way to a ruling; what was not reached is null.
 *
 * @param neededScopes of the action
 * @param grantedScopes of the requester
 */
public record Findings(
    @Nullable List<String> neededScopes,
    List<String> grantedScopes,
    @Nullable Risk risk,
    @Nullable Decision gate) {

  static Findings none(List<String> grantedScopes) {
    return new Findings(null, grantedScopes, null, null);
  }

  Findings needing(List<String> scopes) {
    return new Findings(scopes, grantedScopes, risk, gate);
  }

  Findings with(Risk assessed, Decision decision) {
    return new Findings(neededScopes, grantedScopes, assessed, decision);
  }

  /** For the audit's details. */
  ObjectNode describe() {
    ObjectNode details = Json.object();
    if (neededScopes != null) {
      ObjectNode scope = details.putObject("scope");
      scope.set("needed", array(neededScopes));
      scope.set("granted", array(grantedScopes));
    }
    if (risk != null) {
      details
          .putObject("risk")
          .put("level", risk.level().wire())
          .set("reasons", array(risk.reasons()));
    }
    if (gate != null) {
      details
          .putObject("gate")
          .put("verdict", gate.verdict().wire())
          .set("reasons", array(gate.reasons()));
    }
    return details;
  }

  private static ArrayNode array(List<String> texts) {
    ArrayNode array = Json.mapper().createArrayNode();
    texts.forEach(array::add);
    return array;
  }
}
