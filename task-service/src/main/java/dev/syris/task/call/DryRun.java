package dev.syris.task.call;

import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.task.policy.Assessment;
import dev.syris.task.tool.Preview;
import dev.syris.task.tool.ToolRegistry.Registered;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Describes what the gate would decide, for who asks before he calls. */
final class DryRun {

  private DryRun() {}

  /**
   * The decision: {@code decision} (allow, confirm, preview, block, fail), what led to it, and what
   * would be sent.
   */
  static ObjectNode describe(PendingCall call, Ruling ruling, Registered registered, Bench bench) {
    ObjectNode answer = Json.object();
    ErrorDetail error =
        switch (ruling) {
          case Ruling.Start(var _, var _, Assessment assessment, var _) ->
              decided(answer, "allow", call, registered, assessment, bench);
          case Ruling.Confirm(var _, var _, Assessment assessment, var _) -> {
            answer.put(
                "approval_expires_at",
                InstantCodec.format(bench.now().plus(assessment.approvalExpiry())));
            yield decided(answer, "confirm", call, registered, assessment, bench);
          }
          case Ruling.Preview _ -> {
            answer.put("decision", "preview");
            yield null;
          }
          case Ruling.Block(var refused, var _) -> {
            answer.put("decision", "block");
            yield refused;
          }
          case Ruling.Fail(var refused, var _) -> {
            answer.put("decision", "fail");
            yield refused;
          }
          case Ruling.AnswerKnown _ ->
              throw new IllegalStateException("a call that is not made has no key");
        };
    if (error != null) {
      answer.set("error", Json.mapper().valueToTree(error));
    }
    answer.setAll(ruling.findings().describe());
    answer
        .put("autonomy_level", bench.level().name())
        .put("paused", bench.paused())
        .put("policy_version", bench.policy().version())
        .put("tool_version", registered.version());
    Preview preview = registered.preview(StartedCall.invocation(call.request())).orElse(null);
    if (preview != null) {
      answer.set("preview", preview.request());
      answer.put("preview_hash", preview.hash());
    }
    return answer;
  }

  private static @Nullable ErrorDetail decided(
      ObjectNode answer,
      String decision,
      PendingCall call,
      Registered registered,
      Assessment assessment,
      Bench bench) {
    ErrorDetail inTheWay = bench.wouldBeInTheWay(call.request(), registered, assessment);
    answer.put("decision", inTheWay == null ? decision : "block");
    return inTheWay;
  }
}
