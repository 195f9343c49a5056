package dev.syris.task.engine;

import dev.syris.contracts.task.WaitingFor;
import dev.syris.contracts.tool.ErrorDetail;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Something that happened to a task; what is said in the trail is said of these. */
sealed interface TaskEvent {

  /** Of one step, by its position. */
  sealed interface OfStep extends TaskEvent {
    int position();
  }

  /** Its call is made. */
  record StepStarted(int position, int attempt) implements OfStep {}

  /** It goes on at a time, or when somebody allows its call. */
  record StepWaits(int position, WaitingFor what, @Nullable Instant until) implements OfStep {}

  /** Somebody allowed its call. */
  record StepApproved(int position, Instant at) implements OfStep {}

  /** Its condition does not hold. */
  record StepSkipped(int position) implements OfStep {}

  record StepSucceeded(int position, @Nullable JsonNode output) implements OfStep {}

  /** This attempt failed, another follows. */
  record StepRetries(int position, int attempt, ErrorDetail error, Instant at) implements OfStep {}

  /** It failed for good. */
  record StepFailed(int position, int attempt, ErrorDetail error) implements OfStep {}

  /** Nobody knows how it ended. */
  record StepUnknown(int position, int attempt, ErrorDetail error) implements OfStep {}

  /** It was cut off because the task is canceled. */
  record StepCanceled(int position, @Nullable ErrorDetail error) implements OfStep {}

  /** What had no outcome is to be made again, with the same key. */
  record StepRepeated(int position) implements OfStep {}

  record TaskStarted() implements TaskEvent {}

  record TaskSucceeded() implements TaskEvent {}

  record TaskFailed(ErrorDetail error) implements TaskEvent {}

  record TaskPaused() implements TaskEvent {}

  record TaskResumed() implements TaskEvent {}

  record TaskCanceling(@Nullable String reason) implements TaskEvent {}

  /** With all that was not done yet. */
  record TaskCanceled(@Nullable String reason) implements TaskEvent {}

  /** From this position on, what has an outcome is done anew. */
  record TaskRequeued(int from) implements TaskEvent {}
}
