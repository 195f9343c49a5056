package dev.syris.task.plan;

import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.id.StepId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import dev.syris.contracts.task.RetryPolicy;
import dev.syris.rules.condition.ConditionReader;
import dev.syris.rules.condition.ConditionReading;
import dev.syris.rules.path.Reference;
import dev.syris.rules.problem.Problem;
import dev.syris.rules.template.Template;
import dev.syris.rules.template.TemplateReading;
import dev.syris.task.engine.Delay;
import dev.syris.task.engine.JsonText;
import dev.syris.task.engine.StepPlan;
import dev.syris.task.tool.InputSchema;
import dev.syris.task.tool.ToolRegistry;
import dev.syris.task.tool.ToolRegistry.Lookup;
import dev.syris.task.web.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads one step of a plan. For one document. */
final class StepReader {

  private static final int MAX_NAME = 200;
  private static final int MAX_ARGS_BYTES = 256 * 1024;
  private static final int DEFAULT_ATTEMPTS = 3;
  private static final int MAX_ATTEMPTS = 100;
  private static final long MAX_TIMEOUT_MS = 3_600_000;
  private static final long MAX_DELAY_MS = 86_400_000;

  private final ToolRegistry registry;
  private final IdSource ids;
  private final Fields fields;
  private final References references;
  private final Instant now;

  StepReader(
      ToolRegistry registry, IdSource ids, Fields fields, References references, Instant now) {
    this.registry = registry;
    this.ids = ids;
    this.fields = fields;
    this.references = references;
    this.now = now;
  }

  static String name(JsonNode step, int position) {
    JsonNode name = step.get("name");
    return name != null && name.isString() ? name.asString() : "step-" + (position + 1);
  }

  /** The step; what is wrong with it is among the fields' errors. */
  StepPlan read(JsonNode step, int position, String at) {
    fields.text(step, "name", at, MAX_NAME);
    var reads = new LinkedHashSet<String>();
    JsonNode delay = delay(step, position, at, reads);
    boolean onlyWaits = delay != null && Fields.given(step, "tool") == null;
    Optional<String> tool =
        onlyWaits ? Optional.empty() : fields.requiredText(step, "tool", at, MAX_NAME);
    Optional<String> action =
        onlyWaits ? Optional.empty() : fields.requiredText(step, "action", at, MAX_NAME);
    ObjectNode args = args(step, position, at, reads);
    if (tool.isPresent() && action.isPresent()) {
      checkTool(tool.get(), action.get(), args, at);
    }
    RetryPolicy policy = policy(step, at);
    int attempts = attempts(step, at, policy);
    return new StepPlan(
        new StepId(ids.next()),
        position,
        name(step, position),
        tool.orElse(null),
        action.orElse(null),
        JsonText.of(args),
        JsonText.ofNullable(condition(step, position, at, reads)),
        JsonText.ofNullable(delay),
        List.copyOf(reads),
        attempts,
        policy,
        fields.number(step, "timeout_ms", at, 1, MAX_TIMEOUT_MS).orElse(null));
  }

  private int attempts(JsonNode step, String at, RetryPolicy policy) {
    int otherwise = policy.strategy() == RetryPolicy.Strategy.NONE ? 1 : DEFAULT_ATTEMPTS;
    return fields
        .number(step, "max_attempts", at, 1, MAX_ATTEMPTS)
        .map(Long::intValue)
        .orElse(otherwise);
  }

  private ObjectNode args(JsonNode step, int position, String at, Set<String> reads) {
    ObjectNode args = fields.object(step, "args", at);
    if (args == null) {
      return Json.object();
    }
    int size = Json.bytes(args).length;
    if (size > MAX_ARGS_BYTES) {
      fields.wrong(
          at + "/args",
          "size",
          "has %d bytes as JSON; at most %d are taken".formatted(size, MAX_ARGS_BYTES));
      return args;
    }
    reads.addAll(template(args, position, at + "/args"));
    return args;
  }

  private Set<String> template(JsonNode json, int position, String at) {
    return switch (Template.parse(json)) {
      case TemplateReading.Accepted(Template template) ->
          references.check(template.references(), position, at);
      case TemplateReading.Rejected(List<Problem> problems) -> {
        problems.forEach(
            problem -> fields.wrong(at + problem.pointer(), "template", problem.message()));
        yield Set.of();
      }
    };
  }

  private @Nullable JsonNode condition(JsonNode step, int position, String at, Set<String> reads) {
    JsonNode when = Fields.given(step, "when");
    if (when == null) {
      return null;
    }
    switch (ConditionReader.read(when)) {
      case ConditionReading.Accepted(var _, List<Reference> asked) ->
          reads.addAll(references.check(asked, position, at + "/when"));
      case ConditionReading.Rejected(List<Problem> problems) ->
          problems.forEach(
              problem ->
                  fields.wrong(at + "/when" + problem.pointer(), "condition", problem.message()));
    }
    return when;
  }

  private @Nullable JsonNode delay(JsonNode step, int position, String at, Set<String> reads) {
    JsonNode wait = Fields.given(step, "wait");
    if (wait == null) {
      return null;
    }
    reads.addAll(template(wait, position, at + "/wait"));
    boolean written =
        !(Template.parse(wait) instanceof TemplateReading.Accepted(Template template))
            || template.references().isEmpty();
    if (written && Delay.read(wait, now) instanceof Delay.Reading.Wrong(String message)) {
      fields.wrong(at + "/wait", "format", message);
    }
    return wait;
  }

  private void checkTool(String tool, String action, ObjectNode args, String at) {
    switch (registry.find(tool, action)) {
      case Lookup.NoSuchTool none ->
          fields.wrong(
              at + "/tool",
              "tool.unknown",
              "there is no tool \"%s\"; there are: %s"
                  .formatted(shown(tool), String.join(", ", none.known())));
      case Lookup.NoSuchAction none ->
          fields.wrong(
              at + "/action",
              "tool.unknown_action",
              "%s has no action \"%s\"; it has: %s"
                  .formatted(shown(tool), shown(action), String.join(", ", none.known())));
      case Lookup.Found(var found) -> checkArgs(found.definition().input(), args, at);
    }
  }

  /** What holds a reference is checked when that is filled in. */
  private void checkArgs(InputSchema schema, ObjectNode args, String at) {
    for (InputSchema.Violation violation : schema.check(args)) {
      JsonNode value = violation.pointer().isEmpty() ? null : args.at(violation.pointer());
      boolean known = schema.schema().path("properties").at(violation.pointer()).isObject();
      boolean open = known && value != null && value.isString() && value.asString().contains("${");
      if (!open) {
        fields.wrong(at + "/args" + violation.pointer(), "args", violation.message());
      }
    }
  }

  private RetryPolicy policy(JsonNode step, String at) {
    ObjectNode given = fields.object(step, "retry_policy", at);
    if (given == null) {
      return RetryPolicy.DEFAULT;
    }
    String place = at + "/retry_policy";
    RetryPolicy otherwise = RetryPolicy.DEFAULT;
    long base =
        fields
            .number(given, "base_delay_ms", place, 0, MAX_DELAY_MS)
            .orElse(otherwise.baseDelayMs());
    long max =
        fields
            .number(given, "max_delay_ms", place, 0, MAX_DELAY_MS)
            .orElse(Math.max(base, otherwise.maxDelayMs()));
    if (max < base) {
      fields.wrong(
          place + "/max_delay_ms",
          "range",
          "is %d, which is less than base_delay_ms (%d)".formatted(max, base));
    }
    return new RetryPolicy(
        strategy(given, place), base, max, fields.flag(given, "jitter", place, true));
  }

  private RetryPolicy.Strategy strategy(ObjectNode policy, String at) {
    Optional<String> named = fields.text(policy, "strategy", at, 20);
    var choices = new ArrayList<String>();
    for (RetryPolicy.Strategy strategy : RetryPolicy.Strategy.values()) {
      choices.add(strategy.wire());
      if (named.isPresent() && strategy.wire().equals(named.get())) {
        return strategy;
      }
    }
    if (named.isPresent()) {
      fields.wrong(at + "/strategy", "choice", "must be one of " + String.join(", ", choices));
    }
    return RetryPolicy.Strategy.EXPONENTIAL;
  }

  private static String shown(String text) {
    return StorableText.shown(text, 64);
  }
}
