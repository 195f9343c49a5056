package dev.syris.task.call;

import static java.util.stream.Collectors.joining;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.task.approval.Granted;
import dev.syris.task.gate.Decision;
import dev.syris.task.gate.Gate;
import dev.syris.task.gate.Risk;
import dev.syris.task.gate.Tightening;
import dev.syris.task.gate.Verdict;
import dev.syris.task.policy.Assessment;
import dev.syris.task.policy.Policy;
import dev.syris.task.policy.Subject;
import dev.syris.task.tool.ActionDefinition.Effect;
import dev.syris.task.tool.InputSchema;
import dev.syris.task.tool.ToolRegistry.Lookup;
import dev.syris.task.tool.ToolRegistry.Registered;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

  static Ruling decide(PendingCall call, Lookup lookup, Circumstances now) {
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
              now);
    };
  }

  private static Ruling decide(
      PendingCall call, Registered found, Findings findings, Circumstances now) {
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
    Assessment assessment = now.policy().assess(subject(call.request(), found, now));
    Decision gate = Gate.decide(now.level(), assessment.risk().level(), assessment.tightenings());
    Findings judged = findings.judged(assessment.risk(), gate, now.policy().version());
    return switch (gate.verdict()) {
      case ALLOW -> new Ruling.Start(found, judged, assessment, stale(call, found, now));
      case CONFIRM -> confirm(call, found, judged, assessment, now);
      case PREVIEW -> new Ruling.Preview(found, judged);
      case BLOCK -> new Ruling.Block(blocked(call.request(), assessment.risk(), gate), judged);
    };
  }

  /** What was approved may be made; what has changed since is asked anew. */
  private static Ruling confirm(
      PendingCall call,
      Registered found,
      Findings findings,
      Assessment assessment,
      Circumstances now) {
    String stale = stale(call, found, now);
    return call.granted() != null && stale == null
        ? new Ruling.Start(found, findings, assessment, null)
        : new Ruling.Confirm(found, findings, assessment, stale);
  }

  private static @Nullable String stale(PendingCall call, Registered found, Circumstances now) {
    Granted granted = call.granted();
    return granted == null
        ? null
        : granted.staleBecause(terms(call, found, now.policy()), now.at());
  }

  /** What an approval of this call is bound to, as it is now. */
  static Granted.Terms terms(PendingCall call, Registered found, Policy policy) {
    String preview =
        found
            .preview(StartedCall.invocation(call.request()))
            .map(dev.syris.task.tool.Preview::hash)
            .orElse(null);
    return new Granted.Terms(
        ReceivedCall.of(call.request()).requestHash(), found.version(), policy.version(), preview);
  }

  private static Subject subject(ToolCallRequest request, Registered found, Circumstances now) {
    return new Subject(
        request.tool(),
        request.action(),
        request.args(),
        found.definition().risk(),
        found.definition().effect() == Effect.READ_ONLY,
        found.integration(),
        request.requestedBy(),
        now.quiet());
  }

  private static ErrorDetail blocked(ToolCallRequest request, Risk risk, Decision gate) {
    List<Tightening> blocking =
        gate.tightenings().stream().filter(one -> one.atLeast() == Verdict.BLOCK).toList();
    if (!blocking.isEmpty()) {
      Tightening first = blocking.getFirst();
      return ErrorDetail.permanent("gate." + first.code(), first.message());
    }
    return ErrorDetail.permanent(
        "gate.blocked",
        "%s %s has %s risk, which is blocked at %s"
            .formatted(request.tool(), request.action(), risk.level().wire(), gate.level()));
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
