package dev.syris.task.engine;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.AuditEventBuilder;
import dev.syris.contracts.audit.AuditType;
import dev.syris.contracts.audit.Outcome;
import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.id.TaskId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.task.instance.Owner;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What the trail says of tasks. Ids are minted: a record is written once, with its state. */
final class TaskAudits {

  static final AuditActor ENGINE = AuditActor.system("task-service");

  private static final int SUMMARY_LENGTH = 300;

  /** A tool that ended in an exception: a fault, not an answer. */
  private static final String FAULT = "tool.fault";

  private final IdSource ids;

  TaskAudits(IdSource ids) {
    this.ids = ids;
  }

  AuditEvent created(NewTask task, AutonomyLevel level, Instant at) {
    ObjectNode details = Json.object().put("name", task.name()).put("steps", task.steps().size());
    if (task.template() != null) {
      details.put("template", task.template()).put("template_version", task.templateVersion());
    }
    return of(AuditType.TASK_CREATED, task.traceId(), at)
        .actor(actor(task))
        .refs(Refs.event(task.triggerEventId()).with("task_id", task.id()))
        .autonomy(level.name())
        .details(details)
        .say(
            "The task \"%s\" was created with %s"
                .formatted(shown(task.name()), count(task.steps().size(), "step")));
  }

  /** Who ran it is gone. */
  AuditEvent interrupted(TaskWork task, Owner gone, Instant at) {
    return of(task, AuditType.TASK_INTERRUPTED, at)
        .details(owner(gone))
        .say(
            "The task \"%s\" was interrupted: instance %s is gone"
                .formatted(shown(task.row().name()), gone.instance()));
  }

  AuditEvent recovered(TaskWork task, Owner by, Instant at) {
    return of(task, AuditType.TASK_RECOVERED, at)
        .details(owner(by).put("task_epoch", task.epoch()))
        .say(
            "The task \"%s\" goes on from where it was, on instance %s"
                .formatted(shown(task.row().name()), by.instance()));
  }

  /** What is said of an event; nothing where another one says it. */
  Optional<AuditEvent> of(TaskWork task, TaskEvent event, AuditActor actor, Instant at) {
    String name = shown(task.row().name());
    return switch (event) {
      case TaskEvent.StepStarted(int position, int attempt) ->
          Optional.of(
              step(task, AuditType.TASK_STEP_STARTED, position, at)
                  .details(attempt(task, position, attempt))
                  .say(
                      "%s of \"%s\" was started%s"
                          .formatted(
                              stepName(task, position),
                              name,
                              attempt > 1 ? ", attempt " + attempt : "")));
      case TaskEvent.StepApproved _ -> Optional.empty(); // the approval says it
      case TaskEvent.StepWaits(int position, var what, Instant until) ->
          until == null || !until.isAfter(at)
              ? Optional.empty()
              : Optional.of(
                  step(task, AuditType.TASK_STEP_STARTED, position, at)
                      .details(
                          Json.object()
                              .put("waiting_for", what.wire())
                              .put("until", InstantCodec.format(until)))
                      .say(
                          "%s of \"%s\" waits until %s"
                              .formatted(
                                  stepName(task, position), name, InstantCodec.format(until))));
      case TaskEvent.StepSkipped(int position) ->
          Optional.of(
              step(task, AuditType.TASK_STEP_COMPLETED, position, at)
                  .outcome(Outcome.INFO)
                  .details(Json.object().put("position", position).put("status", "skipped"))
                  .say(
                      "%s of \"%s\" was skipped: its condition does not hold"
                          .formatted(stepName(task, position), name)));
      case TaskEvent.StepSucceeded(int position, var _) ->
          Optional.of(
              step(task, AuditType.TASK_STEP_COMPLETED, position, at)
                  .details(Json.object().put("position", position).put("status", "succeeded"))
                  .say("%s of \"%s\" is done".formatted(stepName(task, position), name)));
      case TaskEvent.StepRetries(int position, int attempt, var error, Instant next) ->
          Optional.of(
              step(task, failureType(error), position, at)
                  .details(
                      failure(task, position, attempt, error)
                          .put("will_retry", true)
                          .put("retry_at", InstantCodec.format(next)))
                  .say(
                      sentence(
                          "%s of \"%s\" failed at attempt %d and is tried again at %s: %s",
                          stepName(task, position),
                          name,
                          attempt,
                          InstantCodec.format(next),
                          error.message())));
      case TaskEvent.StepFailed(int position, int attempt, var error) ->
          Optional.of(
              step(task, failureType(error), position, at)
                  .details(failure(task, position, attempt, error).put("will_retry", false))
                  .say(
                      sentence(
                          "%s of \"%s\" failed: %s",
                          stepName(task, position), name, error.message())));
      case TaskEvent.StepUnknown(int position, int attempt, var error) ->
          Optional.of(
              step(task, AuditType.TASK_STEP_UNEXPECTED_ERROR, position, at)
                  .details(failure(task, position, attempt, error).put("status", "unknown"))
                  .say(
                      sentence(
                          "Nobody knows how %s of \"%s\" ended; it waits for the operator: %s",
                          stepName(task, position), name, error.message())));
      case TaskEvent.StepCanceled _, TaskEvent.StepRepeated _ -> Optional.empty();
      case TaskEvent.TaskStarted _ -> Optional.empty();
      case TaskEvent.TaskSucceeded _ ->
          said(task, AuditType.TASK_SUCCEEDED, actor, at, null, "The task \"%s\" is done", name);
      case TaskEvent.TaskFailed(var error) ->
          said(
              task,
              AuditType.TASK_FAILED,
              actor,
              at,
              details(error),
              "The task \"%s\" failed: %s",
              name,
              error.message());
      case TaskEvent.TaskPaused _ ->
          said(task, AuditType.TASK_PAUSED, actor, at, null, "The task \"%s\" is paused", name);
      case TaskEvent.TaskResumed _ ->
          said(task, AuditType.TASK_RESUMED, actor, at, null, "The task \"%s\" goes on", name);
      case TaskEvent.TaskCanceling _ -> Optional.empty();
      case TaskEvent.TaskCanceled(String reason) ->
          said(
              task,
              AuditType.TASK_CANCELED,
              actor,
              at,
              reason == null ? null : Json.object().put("reason", shown(reason)),
              "The task \"%s\" is canceled",
              name);
      case TaskEvent.TaskRequeued(int from) ->
          said(
              task,
              AuditType.TASK_RESUMED,
              actor,
              at,
              Json.object().put("from_position", from),
              "The task \"%s\" is tried again from step %s on",
              name,
              Integer.toString(from));
    };
  }

  private Optional<AuditEvent> said(
      TaskWork task,
      AuditType type,
      AuditActor actor,
      Instant at,
      @Nullable ObjectNode details,
      String sentence,
      Object... words) {
    return Optional.of(
        of(task, type, at).actor(actor).details(details).say(sentence(sentence, words)));
  }

  private static AuditType failureType(ErrorDetail error) {
    return error.code().equals(FAULT)
        ? AuditType.TASK_STEP_UNEXPECTED_ERROR
        : AuditType.TASK_STEP_FAILED;
  }

  private static ObjectNode attempt(TaskWork task, int position, int attempt) {
    StepState state = task.state().step(position);
    return Json.object()
        .put("position", position)
        .put("attempt", attempt)
        .put("max_attempts", state.maxAttempts())
        .put("run", state.run());
  }

  private static ObjectNode failure(TaskWork task, int position, int attempt, ErrorDetail error) {
    ObjectNode details = attempt(task, position, attempt);
    details.setAll(details(error));
    return details;
  }

  private static ObjectNode details(ErrorDetail error) {
    ObjectNode details = Json.object();
    ObjectNode shown =
        details
            .putObject("error")
            .put("code", error.code())
            .put("message", shown(error.message()))
            .put("retryable", error.retryable());
    if (error.details() != null) {
      shown.set("details", error.details());
    }
    return details;
  }

  private static ObjectNode owner(Owner owner) {
    return Json.object().put("instance", owner.instance()).put("instance_epoch", owner.epoch());
  }

  private AuditEventBuilder step(TaskWork task, AuditType type, int position, Instant at) {
    StepRow step = task.step(position);
    AuditEventBuilder builder =
        of(type, task.row().traceId(), at)
            .actor(ENGINE)
            .refs(
                Refs.event(task.row().triggerEventId())
                    .with("task_id", task.row().id())
                    .with("step_id", step.plan().id())
                    .with("tool_call_id", step.progress().toolCallId()));
    String tool = step.plan().tool();
    String action = step.plan().action();
    return tool == null || action == null ? builder : builder.tool(tool, action);
  }

  private AuditEventBuilder of(TaskWork task, AuditType type, Instant at) {
    return of(type, task.row().traceId(), at)
        .actor(ENGINE)
        .refs(refs(task.row().id()).with("event_id", task.row().triggerEventId()));
  }

  private AuditEventBuilder of(AuditType type, TraceId trace, Instant at) {
    return AuditEvent.of(type, new AuditId(ids.next()), trace, at);
  }

  private static Refs refs(TaskId task) {
    return Refs.NONE.with("task_id", task);
  }

  private static AuditActor actor(NewTask task) {
    return switch (task.requestedBy().type()) {
      case "token", "rule" -> new AuditActor(task.requestedBy().type(), task.requestedBy().id());
      default -> ENGINE;
    };
  }

  private static String stepName(TaskWork task, int position) {
    return "Step \"%s\"".formatted(shown(task.step(position).plan().name()));
  }

  private static String count(int number, String noun) {
    return number == 1 ? "1 " + noun : number + " " + noun + "s";
  }

  private static String sentence(String sentence, Object... words) {
    return shown(sentence.formatted(words));
  }

  private static String shown(String text) {
    return StorableText.shown(text, SUMMARY_LENGTH);
  }
}
