package dev.syris.gateway.rule;

import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import dev.syris.platform.problem.ProblemException.FieldError;
import dev.syris.rules.problem.Pointers;
import dev.syris.rules.rule.Rule;
import dev.syris.rules.rule.RuleReader;
import dev.syris.rules.rule.RuleReading;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a caller asks for with {@code POST /rules/simulate}: either a rule or the id of one.
 *
 * @param rule one that need not be kept
 * @param ruleId of one that is kept; may be no id at all
 */
record SimulationRequest(
    @Nullable Rule rule, @Nullable String ruleId, Instant since, Instant until) {

  static final Duration LONGEST = Duration.ofDays(31);

  /** What a rule without an id is called while it is tried. */
  private static final String UNSAVED = "unsaved";

  private static final long FIRST_VERSION = 1;
  private static final Set<String> MEMBERS = Set.of("rule", "rule_id", "since", "until");

  /** What reading a body gives. */
  sealed interface Reading {
    /** Something that can be tried. */
    record Valid(SimulationRequest request) implements Reading {}

    /** No JSON. */
    record Malformed(String reason) implements Reading {}

    /** JSON that asks for what cannot be. */
    record Invalid(List<FieldError> errors) implements Reading {}
  }

  static Reading read(byte[] body) {
    JsonNode json;
    try {
      json = Json.strict().readTree(body);
    } catch (JacksonException e) {
      return new Reading.Malformed(e.getOriginalMessage());
    }
    if (!json.isObject()) {
      return json.isMissingNode()
          ? new Reading.Malformed("the body is empty")
          : new Reading.Invalid(List.of(new FieldError("", "type", "must be an object")));
    }
    var errors = new ArrayList<FieldError>();
    json.propertyNames().stream()
        .filter(name -> !MEMBERS.contains(name))
        .forEach(name -> errors.add(unknown(name)));
    Rule rule = json.hasNonNull("rule") ? rule(json.get("rule"), errors) : null;
    String ruleId = json.hasNonNull("rule_id") ? ruleId(json.get("rule_id"), errors) : null;
    if (json.hasNonNull("rule") == json.hasNonNull("rule_id")) {
      errors.add(new FieldError("/rule", "required", "give either a rule or a rule_id"));
    }
    Instant since = time(json.path("since"), "/since", errors);
    Instant until = time(json.path("until"), "/until", errors);
    if (since == null || until == null || !spans(since, until, errors) || !errors.isEmpty()) {
      return new Reading.Invalid(List.copyOf(errors));
    }
    return new Reading.Valid(new SimulationRequest(rule, ruleId, since, until));
  }

  private static FieldError unknown(String name) {
    return new FieldError(
        Pointers.child("", name), "unknown", "is not known; there are rule, rule_id, since, until");
  }

  private static @Nullable Rule rule(JsonNode asked, List<FieldError> errors) {
    JsonNode json = asked.deepCopy();
    if (json instanceof ObjectNode shown) {
      shown.remove(RuleReader.TOLD);
    }
    String given = json.path("rule_id").stringValue(UNSAVED);
    return switch (RuleReader.read(json, given, FIRST_VERSION)) {
      case RuleReading.Accepted(Rule rule) -> rule;
      case RuleReading.Rejected(var problems) -> {
        problems.stream()
            .map(problem -> problem.under("/rule"))
            .forEach(
                problem ->
                    errors.add(new FieldError(problem.pointer(), "invalid", problem.message())));
        yield null;
      }
    };
  }

  private static @Nullable String ruleId(JsonNode json, List<FieldError> errors) {
    if (!json.isString()) {
      errors.add(new FieldError("/rule_id", "type", "must be a text"));
      return null;
    }
    return json.stringValue();
  }

  private static @Nullable Instant time(JsonNode json, String pointer, List<FieldError> errors) {
    if (json.isMissingNode() || json.isNull()) {
      errors.add(
          new FieldError(pointer, "required", "must be a time such as 2027-01-31T08:00:00Z"));
      return null;
    }
    try {
      return InstantCodec.parse(json.stringValue(""));
    } catch (DateTimeException e) {
      errors.add(
          new FieldError(
              pointer, "format", "must be an RFC 3339 time such as 2027-01-31T08:00:00Z"));
      return null;
    }
  }

  private static boolean spans(Instant since, Instant until, List<FieldError> errors) {
    if (!since.isBefore(until)) {
      errors.add(new FieldError("/until", "range", "must be after since"));
      return false;
    }
    if (Duration.between(since, until).compareTo(LONGEST) > 0) {
      errors.add(
          new FieldError(
              "/until",
              "range",
              "must be at most %d days after since".formatted(LONGEST.toDays())));
      return false;
    }
    return true;
  }
}
