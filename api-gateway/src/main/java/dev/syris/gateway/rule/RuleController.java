package dev.syris.gateway.rule;

import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.StorableText;
import dev.syris.gateway.access.Needs;
import dev.syris.gateway.access.Scope;
import dev.syris.gateway.http.JsonOnly;
import dev.syris.gateway.http.ReceivedBody;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import dev.syris.rules.replay.PastEvent;
import dev.syris.rules.rule.Rule;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Why not, and what if. */
@RestController
final class RuleController {

  /** Each holds a connection for as long as it runs. */
  private static final int SIMULATIONS_AT_A_TIME = 2;

  private final RuleFacts facts;
  private final AskedAbout asked;
  private final Semaphore simulations = new Semaphore(SIMULATIONS_AT_A_TIME);

  RuleController(RuleFacts facts, AskedAbout asked) {
    this.facts = facts;
    this.asked = asked;
  }

  @GetMapping("/rules/{id}/explain")
  @Needs(value = Scope.READ, parameters = "event_id")
  Explained explain(@PathVariable String id, HttpServletRequest request) {
    UUID eventId = eventId(request.getParameterValues("event_id"));
    Rule rule = rule(id);
    PastEvent event = facts.event(eventId).orElseThrow(() -> notFound("event", eventId.toString()));
    String notAsked = asked.notAbout(event);
    return Explained.of(rule, event, facts.settings(), facts.told(rule.ruleId(), event), notAsked);
  }

  /** Changes nothing. */
  @PostMapping("/rules/simulate")
  @Needs(Scope.READ)
  Simulated simulate(HttpServletRequest request) {
    JsonOnly.check(request);
    SimulationRequest wanted =
        switch (SimulationRequest.read(ReceivedBody.of(request))) {
          case SimulationRequest.Reading.Valid(SimulationRequest valid) -> valid;
          case SimulationRequest.Reading.Malformed(String reason) ->
              throw new ProblemException(
                  CommonProblem.MALFORMED, "body.malformed", "the body is no JSON: " + reason);
          case SimulationRequest.Reading.Invalid(var errors) ->
              throw new ProblemException(
                      CommonProblem.INVALID, "simulation.invalid", "this cannot be tried")
                  .errors(errors);
        };
    Rule rule = wanted.rule() == null ? rule(String.valueOf(wanted.ruleId())) : wanted.rule();
    if (!simulations.tryAcquire()) {
      throw new ProblemException(
              CommonProblem.UNAVAILABLE,
              "simulation.busy",
              "other rules are being tried; try again shortly")
          .header(HttpHeaders.RETRY_AFTER, "1");
    }
    try {
      return simulated(rule, wanted);
    } finally {
      simulations.release();
    }
  }

  private Simulated simulated(Rule rule, SimulationRequest wanted) {
    var simulation =
        new Simulation(rule, facts.settings(), wanted.since(), wanted.until(), facts.zone());
    facts.events(
        Simulation.start(rule, wanted.since()),
        wanted.until(),
        event -> {
          if (asked.notAbout(event) == null) {
            simulation.next(event);
          } else {
            simulation.pass(event);
          }
        });
    return simulation.result();
  }

  private Rule rule(String id) {
    return facts.rule(id).orElseThrow(() -> notFound("rule", id));
  }

  private static UUID eventId(String @Nullable [] given) {
    if (given == null || given.length != 1) {
      throw badEventId("must be given once");
    }
    try {
      return Uuids.parse(given[0]);
    } catch (IllegalArgumentException e) {
      throw badEventId(String.valueOf(e.getMessage()));
    }
  }

  private static ProblemException badEventId(String reason) {
    return new ProblemException(
            CommonProblem.BAD_PARAMETER,
            "parameter.refused",
            "the parameter \"event_id\" " + reason)
        .with("parameter", "event_id");
  }

  private static ProblemException notFound(String what, String id) {
    return new ProblemException(
        CommonProblem.NOT_FOUND,
        what + ".not_found",
        "there is no " + what + " " + StorableText.shown(id, 64));
  }
}
