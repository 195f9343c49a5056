package dev.syris.task.call;

import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.routing.RiskLevel;
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
 * @param policyVersion of the policy it was judged by
 */
public record Findings(
    @Nullable List<String> neededScopes,
    List<String> grantedScopes,
    @Nullable Risk risk,
    @Nullable Decision gate,
    @Nullable String policyVersion) {

  static Findings none(List<String> grantedScopes) {
    return new Findings(null, grantedScopes, null, null, null);
  }

  Findings needing(List<String> scopes) {
    return new Findings(scopes, grantedScopes, risk, gate, policyVersion);
  }

  Findings judged(Risk assessed, Decision decision, String policy) {
    return new Findings(neededScopes, grantedScopes, assessed, decision, policy);
  }

  /** With what is on record of its risk. */
  Findings risking(@Nullable RiskLevel recorded) {
    Risk known = recorded == null ? null : new Risk(recorded, List.of());
    return new Findings(neededScopes, grantedScopes, known, gate, policyVersion);
  }

  /** The level it was judged at. */
  @Nullable AutonomyLevel level() {
    return gate == null ? null : gate.level();
  }

  /** The risk's name on the wire. */
  @Nullable String riskLevel() {
    return risk == null ? null : risk.level().wire();
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
          .put("by_table", gate.byTable().wire())
          .set("reasons", array(gate.reasons()));
    }
    if (policyVersion != null) {
      details.put("policy_version", policyVersion);
    }
    return details;
  }

  private static ArrayNode array(List<String> texts) {
    ArrayNode array = Json.mapper().createArrayNode();
    texts.forEach(array::add);
    return array;
  }
}
