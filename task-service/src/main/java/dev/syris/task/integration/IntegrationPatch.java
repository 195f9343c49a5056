package dev.syris.task.integration;

import dev.syris.contracts.json.Json;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import dev.syris.platform.problem.ProblemException.FieldError;
import java.util.ArrayList;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The body of a PATCH: what can be changed of an integration. */
record IntegrationPatch(boolean enabled) {

  /**
   * Reads it.
   *
   * @throws ProblemException where it is no JSON, or asks for what can't be changed
   */
  static IntegrationPatch read(byte[] bytes) {
    JsonNode body = parse(bytes);
    var errors = new ArrayList<FieldError>();
    body.propertyNames().stream()
        .filter(name -> !name.equals("enabled"))
        .forEach(
            name ->
                errors.add(
                    new FieldError(
                        "/" + name.replace("~", "~0").replace("/", "~1"),
                        "field.unknown",
                        "can't be changed; only enabled can")));
    if (!body.path("enabled").isBoolean()) {
      errors.add(new FieldError("/enabled", "field.type", "must be true or false"));
    }
    if (!errors.isEmpty()) {
      throw new ProblemException(
              CommonProblem.INVALID,
              "integration.invalid",
              "the integration can't be changed like that; errors names each place")
          .errors(errors);
    }
    return new IntegrationPatch(body.path("enabled").asBoolean());
  }

  private static JsonNode parse(byte[] bytes) {
    try {
      return Json.strict().readTree(bytes);
    } catch (JacksonException e) {
      throw new ProblemException(
          CommonProblem.MALFORMED, "the body is no JSON; send {\"enabled\": true}");
    }
  }
}
