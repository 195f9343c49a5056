package dev.syris.task.start;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import dev.syris.platform.problem.ProblemException.FieldError;
import dev.syris.task.document.Document;
import dev.syris.task.engine.NewTask;
import dev.syris.task.engine.StepPlan;
import dev.syris.task.plan.Known;
import dev.syris.task.plan.PlanReader;
import dev.syris.task.plan.PlanReading;
import dev.syris.task.template.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes tasks of what was asked for: {@code {name, steps…, input?}} or {@code {template, input}}.
 */
final class TaskDrafts {

  private static final int MAX_INPUT_BYTES = 256 * 1024;

  private final PlanReader reader;
  private final Templates templates;

  TaskDrafts(PlanReader reader, Templates templates) {
    this.reader = reader;
    this.templates = templates;
  }

  /** What was asked for, checked. */
  sealed interface Draft {
    record Ready(NewTask task) implements Draft {}

    /** It can't be started; each error points at its place in the request. */
    record Refused(String code, List<FieldError> errors) implements Draft {}
  }

  Draft of(ObjectNode asked, TaskWish wish) {
    ObjectNode input = input(asked);
    if (input == null) {
      return refused(
          "/input", "type", "must be an object of at most %d bytes".formatted(MAX_INPUT_BYTES));
    }
    String unstorable = StorableText.faultIn(input);
    if (unstorable != null) {
      return refused("/input", "format", "a text in it " + unstorable);
    }
    JsonNode template = asked.get("template");
    if (template == null || template.isNull()) {
      return fromPlan(asked, input, wish);
    }
    if (!template.isString()) {
      return refused("/template", "type", "must be the name of a template");
    }
    if (asked.has("steps")) {
      return refused("/steps", "conflict", "come from the template; leave them or it away");
    }
    return templates
        .find(template.asString())
        .map(found -> fromTemplate(found, asked, input, wish))
        .orElseGet(
            () ->
                refused(
                    "/template",
                    "unknown",
                    "there is no task template \"%s\""
                        .formatted(StorableText.shown(template.asString(), 100))));
  }

  /** The input; null where it is none. */
  private static @Nullable ObjectNode input(ObjectNode asked) {
    JsonNode input = asked.get("input");
    if (input == null || input.isNull()) {
      return Json.object();
    }
    boolean fits = input.isObject() && Json.bytes(input).length <= MAX_INPUT_BYTES;
    return fits ? (ObjectNode) input : null;
  }

  private Draft fromPlan(ObjectNode asked, ObjectNode input, TaskWish wish) {
    var known = new Known(input, wish.event(), false);
    return switch (reader.read(asked, known)) {
      case PlanReading.Accepted(String name, List<String> labels, List<StepPlan> steps) ->
          name == null
              ? refused("/name", "required", "is required")
              : new Draft.Ready(task(wish, name, null, labels, input, steps));
      case PlanReading.Rejected(List<FieldError> errors) -> {
        var all = new ArrayList<>(errors);
        if (!asked.has("name")) {
          all.addFirst(new FieldError("/name", "required", "is required"));
        }
        yield new Draft.Refused("task.invalid", all);
      }
    };
  }

  private Draft fromTemplate(Document template, ObjectNode asked, ObjectNode input, TaskWish wish) {
    var known = new Known(input, wish.event(), false);
    ObjectNode plan = template.body().deepCopy();
    Optional.ofNullable(asked.get("name")).ifPresent(name -> plan.set("name", name));
    Optional.ofNullable(asked.get("labels")).ifPresent(labels -> plan.set("labels", labels));
    return switch (reader.read(plan, known)) {
      case PlanReading.Accepted(String name, List<String> labels, List<StepPlan> steps) ->
          new Draft.Ready(
              task(wish, name == null ? template.key() : name, template, labels, input, steps));
      case PlanReading.Rejected(List<FieldError> errors) ->
          new Draft.Refused("task.invalid", errors.stream().map(TaskDrafts::inTemplate).toList());
    };
  }

  /** The steps are not in the request: what is wrong is what it gives them to work with. */
  private static FieldError inTemplate(FieldError error) {
    return error.pointer().startsWith("/steps")
        ? new FieldError(
            error.code().equals("reference") ? "/input" : "/template",
            error.code(),
            "at %s of the template: %s".formatted(error.pointer(), error.message()))
        : error;
  }

  private static NewTask task(
      TaskWish wish,
      String name,
      @Nullable Document template,
      List<String> labels,
      ObjectNode input,
      List<StepPlan> steps) {
    return new NewTask(
        wish.id(),
        name,
        wish.traceId(),
        wish.eventId(),
        template == null ? null : template.key(),
        template == null ? null : Long.valueOf(template.version()),
        labels,
        input,
        wish.event(),
        wish.requestedBy(),
        wish.grantedScopes(),
        wish.depth(),
        steps);
  }

  private static Draft refused(String pointer, String code, String message) {
    return new Draft.Refused("task.invalid", List.of(new FieldError(pointer, code, message)));
  }
}
