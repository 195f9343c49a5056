package dev.syris.task.start;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import dev.syris.contracts.task.TaskRequest;
import dev.syris.platform.problem.ProblemException.FieldError;
import dev.syris.task.engine.NewTask;
import dev.syris.task.engine.TaskCreation;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests for tasks as they come from the topic. The id in a request is the task's: one that comes
 * twice starts one task.
 */
public final class TaskRequests {

  private static final ObjectReader READER =
      Json.mapper()
          .readerFor(TaskRequest.class)
          .without(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  private static final int SHOWN = 300;

  private final TaskDrafts drafts;
  private final TaskCreation creation;

  TaskRequests(TaskDrafts drafts, TaskCreation creation) {
    this.drafts = drafts;
    this.creation = creation;
  }

  /** What bytes turned out to be. */
  public sealed interface Reading {
    record Accepted(NewTask task) implements Reading {}

    /**
     * No request, or one that can't be started.
     *
     * @param code dotted and stable
     * @param message a sentence: what was wrong, with which value
     */
    record Rejected(String code, String message) implements Reading {}
  }

  /** Never throws for what the bytes are. */
  public Reading read(byte @Nullable [] value) {
    if (value == null || value.length == 0) {
      return new Reading.Rejected("task_request.empty", "there is no value");
    }
    try {
      TaskRequest request = READER.readValue(value);
      String missing = request == null ? "everything" : missing(request);
      return missing.isEmpty()
          ? draft(Objects.requireNonNull(request))
          : new Reading.Rejected("task_request.invalid", "missing: " + missing);
    } catch (JacksonException e) {
      String why = e.getOriginalMessage();
      return new Reading.Rejected("task_request.malformed", StorableText.shown(why, SHOWN));
    }
  }

  /** Adds tasks to the caller's transaction; those that are there are not added again. */
  public void create(List<NewTask> tasks) {
    creation.create(tasks);
  }

  private Reading draft(TaskRequest request) {
    var wish =
        new TaskWish(
            request.taskId(),
            request.traceId(),
            request.eventId(),
            request.event(),
            request.requestedBy(),
            request.grantedScopes(),
            request.depth());
    ObjectNode asked = Json.object().put("template", request.template());
    asked.set("input", request.input());
    return switch (drafts.of(asked, wish)) {
      case TaskDrafts.Draft.Ready(NewTask task) -> new Reading.Accepted(task);
      case TaskDrafts.Draft.Refused(String code, List<FieldError> errors) ->
          new Reading.Rejected(
              code,
              StorableText.shown(
                  errors.stream()
                      .map(error -> error.pointer() + " " + error.message())
                      .collect(Collectors.joining("; ")),
                  SHOWN));
    };
  }

  /** A mapper leaves what is missing null, whatever the record says. */
  private static String missing(TaskRequest request) {
    return Stream.of(
            named("task_id", request.taskId()),
            named("trace_id", request.traceId()),
            named("template", request.template()),
            named("input", request.input()),
            named("requested_by", request.requestedBy()),
            named("granted_scopes", request.grantedScopes()),
            named("granted_scopes[]", whole(request.grantedScopes())),
            named("requested_at", request.requestedAt()))
        .filter(name -> !name.isEmpty())
        .collect(Collectors.joining(", "));
  }

  /** Null where one of them is; a mapper puts nulls into lists, too. */
  private static @Nullable List<String> whole(@Nullable List<String> values) {
    return values != null && values.stream().anyMatch(Objects::isNull) ? null : values;
  }

  private static String named(String name, @Nullable Object value) {
    return value == null ? name : "";
  }
}
