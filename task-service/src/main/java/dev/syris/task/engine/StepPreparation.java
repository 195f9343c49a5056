package dev.syris.task.engine;

import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.task.StepStatus;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.rules.condition.ConditionReader;
import dev.syris.rules.condition.ConditionReading;
import dev.syris.rules.condition.Surroundings;
import dev.syris.rules.problem.Problem;
import dev.syris.rules.template.Rendering;
import dev.syris.rules.template.Template;
import dev.syris.rules.template.TemplateReading;
import dev.syris.task.engine.TaskCommand.Beginning;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a step's turn comes to: its condition, its wait and its arguments, looked up in the
 * document. Pure. What was sent once is sent again as it was: a further attempt of a run takes the
 * arguments of the one before.
 */
final class StepPreparation {

  /** What arguments may have, as JSON, once their references are filled in. */
  static final int MAX_ARGS_BYTES = 256 * 1024;

  private static final int MAX_WAIT_BYTES = 1024;

  private StepPreparation() {}

  /** What is to be done. */
  sealed interface Prepared {
    /** Nothing is called. */
    record Settled(Beginning how) implements Prepared {}

    record Call(ObjectNode args) implements Prepared {}
  }

  /**
   * What is to be done now.
   *
   * @param document what references are looked up in; asked for only where there is one
   */
  static Prepared of(StepRow step, Supplier<ObjectNode> document, Surroundings surroundings) {
    StepRow.LastCall last = step.lastCall();
    if (last != null && step.progress().toolCallId() != null) {
      return new Prepared.Call(last.args().object());
    }
    Instant now = surroundings.at();
    if (step.state().status() == StepStatus.WAITING) {
      return afterWait(step, document, now);
    }
    JsonText condition = step.plan().condition();
    if (condition != null && !holds(condition.node(), document.get(), surroundings)) {
      return new Prepared.Settled(new Beginning.Skip());
    }
    JsonText delay = step.plan().delay();
    return delay == null ? call(step, document) : delayed(step, delay.node(), document, now);
  }

  private static boolean holds(JsonNode condition, ObjectNode document, Surroundings surroundings) {
    return switch (ConditionReader.read(condition)) {
      case ConditionReading.Accepted(var accepted, var _) -> accepted.holds(document, surroundings);
      case ConditionReading.Rejected(List<Problem> problems) ->
          throw new IllegalStateException("a condition that was accepted is not one: " + problems);
    };
  }

  private static Prepared delayed(
      StepRow step, JsonNode delay, Supplier<ObjectNode> document, Instant now) {
    return switch (render(delay, document, MAX_WAIT_BYTES)) {
      case Rendering.Failed(List<Problem> problems) ->
          refused("reference.missing", "wait", problems);
      case Rendering.Rendered(JsonNode wait) ->
          switch (Delay.read(wait, now)) {
            case Delay.Reading.Wrong(String message) ->
                refused("wait.invalid", "wait", List.of(new Problem("", message)));
            case Delay.Reading.Until(Instant time) ->
                time.isAfter(now)
                    ? new Prepared.Settled(new Beginning.WaitUntil(time))
                    : afterWait(step, document, now);
          };
    };
  }

  private static Prepared afterWait(StepRow step, Supplier<ObjectNode> document, Instant now) {
    return step.plan().tool() == null
        ? new Prepared.Settled(
            new Beginning.Done(Json.object().put("waited_until", InstantCodec.format(now))))
        : call(step, document);
  }

  private static Prepared call(StepRow step, Supplier<ObjectNode> document) {
    return switch (render(step.plan().args().node(), document, MAX_ARGS_BYTES)) {
      case Rendering.Rendered(ObjectNode args) -> new Prepared.Call(args);
      case Rendering.Rendered(JsonNode other) ->
          throw new IllegalStateException("arguments became " + other.getNodeType());
      case Rendering.Failed(List<Problem> problems) ->
          refused("reference.missing", "args", problems);
    };
  }

  private static Rendering render(JsonNode json, Supplier<ObjectNode> document, int maxBytes) {
    return switch (Template.parse(json)) {
      case TemplateReading.Accepted(Template template) ->
          template.render(
              template.references().isEmpty() ? NullNode.getInstance() : document.get(), maxBytes);
      case TemplateReading.Rejected(List<Problem> problems) ->
          throw new IllegalStateException("a template that was accepted is not one: " + problems);
    };
  }

  private static Prepared refused(String code, String where, List<Problem> problems) {
    String message =
        problems.stream()
            .limit(5)
            .map(problem -> where + problem.pointer() + " " + problem.message())
            .collect(Collectors.joining("; "));
    ObjectNode details = Json.object();
    var errors = details.putArray("errors");
    problems.stream()
        .limit(5)
        .forEach(
            problem ->
                errors
                    .addObject()
                    .put("pointer", "/" + where + problem.pointer())
                    .put("message", problem.message()));
    return new Prepared.Settled(
        new Beginning.Refuse(new ErrorDetail(code, message, false, details)));
  }
}
