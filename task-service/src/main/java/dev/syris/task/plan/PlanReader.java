package dev.syris.task.plan;

import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.json.StorableText;
import dev.syris.task.engine.StepPlan;
import dev.syris.task.tool.ToolRegistry;
import dev.syris.task.web.Fields;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads plans: {@code {name, labels?, steps: [{name?, tool, action, args?, retry_policy?,
 * max_attempts?, timeout_ms?, when?, wait?}]}}. Everything that can be known to be wrong is said
 * now. Thread-safe.
 */
public final class PlanReader {

  /** Steps of one task at most. */
  public static final int MAX_STEPS = 10_000;

  private static final int MAX_NAME = 200;
  private static final int MAX_LABELS = 50;

  private final ToolRegistry registry;
  private final IdSource ids;
  private final InstantSource clock;

  public PlanReader(ToolRegistry registry, IdSource ids, InstantSource clock) {
    this.registry = registry;
    this.ids = ids;
    this.clock = clock;
  }

  /** Reads a plan against what its references may find. */
  public PlanReading read(JsonNode plan, Known known) {
    var fields = new Fields();
    String name = fields.text(plan, "name", "", MAX_NAME).orElse(null);
    List<String> labels = labels(plan, fields);
    List<StepPlan> steps = steps(plan, known, fields);
    String unstorable = StorableText.faultIn(plan);
    if (unstorable != null && fields.errors().isEmpty()) {
      fields.wrong("", "format", "a text in it " + unstorable);
    }
    return fields.errors().isEmpty()
        ? new PlanReading.Accepted(name, labels, steps)
        : new PlanReading.Rejected(fields.errors());
  }

  private static List<String> labels(JsonNode plan, Fields fields) {
    JsonNode given = Fields.given(plan, "labels");
    var labels = new ArrayList<String>();
    if (given == null) {
      return labels;
    }
    if (!given.isArray() || given.size() > MAX_LABELS) {
      fields.wrong("/labels", "type", "must be a list of at most %d texts".formatted(MAX_LABELS));
      return labels;
    }
    for (int i = 0; i < given.size(); i++) {
      JsonNode label = given.get(i);
      String fault =
          !label.isString()
              ? "must be a text"
              : label.asString().isBlank() || label.asString().length() > MAX_NAME
                  ? "must have from 1 to %d characters".formatted(MAX_NAME)
                  : StorableText.fault(label.asString());
      if (fault == null) {
        labels.add(label.asString());
      } else {
        fields.wrong("/labels/" + i, "format", fault);
      }
    }
    return labels;
  }

  private List<StepPlan> steps(JsonNode plan, Known known, Fields fields) {
    @Nullable JsonNode given = Fields.given(plan, "steps");
    if (given == null || !given.isArray() || given.isEmpty()) {
      fields.wrong("/steps", "required", "must be a list of at least one step");
      return List.of();
    }
    if (given.size() > MAX_STEPS) {
      fields.wrong(
          "/steps",
          "size",
          "has %d steps; at most %d are taken".formatted(given.size(), MAX_STEPS));
      return List.of();
    }
    var names = names(given, fields);
    var reader =
        new StepReader(
            registry, ids, fields, new References(known, names, fields), clock.instant());
    var steps = new ArrayList<StepPlan>();
    for (int i = 0; i < given.size() && !fields.full(); i++) {
      String at = "/steps/" + i;
      if (given.get(i).isObject()) {
        steps.add(reader.read(given.get(i), i, at));
      } else {
        fields.wrong(at, "type", "must be an object");
      }
    }
    return steps;
  }

  private static Known.Names names(JsonNode steps, Fields fields) {
    var names = new Known.Names();
    for (int i = 0; i < steps.size(); i++) {
      String name = StepReader.name(steps.get(i), i);
      if (!names.add(name, i)) {
        fields.wrong(
            "/steps/%d/name".formatted(i),
            "duplicate",
            "another step is called \"%s\" too".formatted(StorableText.shown(name, 64)));
      }
    }
    return names;
  }
}
