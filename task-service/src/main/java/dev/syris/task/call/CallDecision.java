package dev.syris.task.call;

import static java.util.stream.Collectors.joining;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.task.gate.Decision;
import dev.syris.task.gate.Gate;
import dev.syris.task.gate.Risk;
import dev.syris.task.tool.InputSchema;
import dev.syris.task.tool.ToolRegistry.Lookup;
import dev.syris.task.tool.ToolRegistry.Registered;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The order in which a call is judged: registry, known key, availability, scopes, arguments, risk,
 * overrides, gate. Arguments come after scopes, so that who may not use an action learns nothing of
 * its shape. Pure.
 */
final class CallDecision {

  /** Granted to the operator's own tokens, which may use every tool. */
  private static final String EVERYTHING = "*";

  private static final int MAX_SHOWN = 200;

  private CallDecision() {}

  static Ruling decide(PendingCall call, Lookup lookup, AutonomyLevel autonomy) {
    Findings findings = Findings.none(call.request().grantedScopes());
    return switch (lookup) {
      case Lookup.NoSuchTool none ->
          new Ruling.Fail(
              missing("tool.unknown", "tool", call.request().tool(), none.known()), findings);
      case Lookup.NoSuchAction none ->
          new Ruling.Fail(
              missing(
                  "tool.unknown_action",
                  "action of " + call.request().tool(),
                  call.request().action(),
                  none.known()),
              findings);
      case Lookup.Found found ->
          decide(
              call,
              found.registered(),
              findings.needing(found.registered().definition().scopes()),
              autonomy);
    };
  }

  private static Ruling decide(
      PendingCall call, Registered found, Findings findings, AutonomyLevel autonomy) {
    PendingCall.Holder holder = call.holder();
    if (holder != null) {
      return holder.requestHash().equals(call.requestHash())
          ? new Ruling.AnswerKnown(holder, findings)
          : new Ruling.Fail(conflict(call.request(), holder), findings);
    }
    if (found.bar() != null) {
      return found.bar().retryable()
          ? new Ruling.Fail(found.bar(), findings)
          : new Ruling.Block(found.bar(), findings);
    }
    List<String> lacking =
        found.definition().scopes().stream()
            .filter(scope -> !granted(call.request(), scope))
            .toList();
    if (!lacking.isEmpty()) {
      return new Ruling.Block(scopeMissing(call.request(), lacking), findings);
    }
    List<InputSchema.Violation> violations =
        found.definition().input().check(call.request().args());
    if (!violations.isEmpty()) {
      return new Ruling.Fail(invalidArgs(call.request(), violations), findings);
    }
    Risk risk = Risk.assess(found.definition().risk(), List.of());
    Decision gate = Gate.decide(autonomy, risk.level(), List.of());
    return new Ruling.Start(found, findings.with(risk, gate));
  }

  private static boolean granted(ToolCallRequest request, String scope) {
    return request.grantedScopes().contains(scope) || request.grantedScopes().contains(EVERYTHING);
  }

  private static ErrorDetail missing(String code, String kind, String name, List<String> known) {
    String message =
        "there is no %s \"%s\"; there are: %s"
            .formatted(kind, shown(name), String.join(", ", known));
    return ErrorDetail.permanent(code, message);
  }

  private static ErrorDetail conflict(ToolCallRequest request, PendingCall.Holder holder) {
    String message =
        "the idempotency key %s was used by call %s for another request"
            .formatted(shown(request.idempotencyKey()), holder.toolCallId());
    ObjectNode details = Json.object().put("tool_call_id", holder.toolCallId().toString());
    return new ErrorDetail("idempotency.conflict", message, false, details);
  }

  private static ErrorDetail scopeMissing(ToolCallRequest request, List<String> lacking) {
    String message =
        "%s %s needs the scope %s, which %s \"%s\" was not granted"
            .formatted(
                request.tool(),
                request.action(),
                String.join(", ", lacking),
                request.requestedBy().type(),
                shown(request.requestedBy().id()));
    ObjectNode details = Json.object();
    lacking.forEach(details.putArray("missing")::add);
    return new ErrorDetail("scope.missing", message, false, details);
  }

  private static ErrorDetail invalidArgs(
      ToolCallRequest request, List<InputSchema.Violation> violations) {
    String faults =
        violations.stream()
            .limit(10)
            .map(violation -> shown(violation.pointer()) + " " + violation.message())
            .collect(joining("; "));
    ObjectNode details = Json.object();
    var errors = details.putArray("errors");
    violations.stream()
        .limit(10)
        .forEach(
            violation ->
                errors
                    .addObject()
                    .put("pointer", shown(violation.pointer()))
                    .put("message", violation.message()));
    String message =
        "the arguments of %s %s don't fit: %s".formatted(request.tool(), request.action(), faults);
    return new ErrorDetail("args.invalid", message, false, details);
  }

  private static String shown(String text) {
    return StorableText.shown(text, MAX_SHOWN);
  }
}
