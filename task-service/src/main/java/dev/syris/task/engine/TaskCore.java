package dev.syris.task.engine;

import dev.syris.contracts.task.RetryPolicy;
import dev.syris.contracts.task.StepStatus;
import dev.syris.contracts.task.TaskStatus;
import dev.syris.contracts.task.WaitingFor;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.task.engine.TaskCommand.Beginning;
import dev.syris.task.engine.TaskCommand.Outcome;
import dev.syris.task.engine.TaskCommand.Resolution;
import dev.syris.task.engine.TaskDecision.Accepted;
import dev.syris.task.engine.TaskDecision.Rejected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a task goes on: {@link #decide} says what a command leads to, {@link TaskEvolution} what that
 * makes of the state. Pure: time and chance come in as arguments.
 */
final class TaskCore {

  private TaskCore() {}

  /**
   * What a command leads to.
   *
   * @param random evenly drawn from [0, 1), for the jitter of a retry
   */
  static TaskDecision decide(TaskState state, TaskCommand command, Instant now, double random) {
    return switch (command) {
      case TaskCommand.Begin(int position, Beginning how) -> begin(state, position, how, now);
      case TaskCommand.Settle(int position, Outcome outcome) ->
          settle(state, position, outcome, now, random);
      case TaskCommand.Approve(int position) -> approve(state, position, now);
      case TaskCommand.Deny(int position, ErrorDetail error) -> deny(state, position, error);
      case TaskCommand.SentAgain(int position) -> sentAgain(state, position);
      case TaskCommand.Pause _ -> pause(state);
      case TaskCommand.Resume _ -> resume(state);
      case TaskCommand.Cancel(String reason) -> cancel(state, reason);
      case TaskCommand.Retry(Integer from) -> retry(state, from);
      case TaskCommand.Resolve(int position, Resolution resolution) ->
          resolve(state, position, resolution);
    };
  }

  private static TaskDecision begin(TaskState state, int position, Beginning how, Instant now) {
    StepState step = state.step(position);
    if (!hasTurn(state, step, how)) {
      return wrongState("begin step " + position, state);
    }
    var events = new ArrayList<TaskEvent>();
    if (state.status() == TaskStatus.PENDING) {
      events.add(new TaskEvent.TaskStarted());
    }
    int attempt = step.attempt() + 1;
    switch (how) {
      case Beginning.Run _ -> events.add(new TaskEvent.StepStarted(position, attempt));
      case Beginning.AwaitApproval _ ->
          events.add(new TaskEvent.StepWaits(position, WaitingFor.APPROVAL, null));
      case Beginning.Refuse(ErrorDetail error) -> {
        events.add(new TaskEvent.StepStarted(position, attempt));
        events.add(new TaskEvent.StepFailed(position, attempt, error));
        events.add(new TaskEvent.TaskFailed(error));
      }
      case Beginning.Skip _ -> {
        events.add(new TaskEvent.StepSkipped(position));
        succeedIfLast(state, position, events);
      }
      case Beginning.WaitUntil(Instant time) ->
          events.add(new TaskEvent.StepWaits(position, WaitingFor.TIME, time));
      case Beginning.Done(var output) -> {
        if (step.status() == StepStatus.PENDING) {
          events.add(new TaskEvent.StepWaits(position, WaitingFor.TIME, now));
        }
        events.add(new TaskEvent.StepSucceeded(position, output));
        succeedIfLast(state, position, events);
      }
    }
    return new Accepted(events);
  }

  /** It is the first that is not done, and nothing of it is under way. */
  private static boolean hasTurn(TaskState state, StepState step, Beginning how) {
    boolean open = state.status() == TaskStatus.PENDING || state.status() == TaskStatus.RUNNING;
    boolean first = state.current().filter(step::equals).isPresent();
    return open
        && first
        && switch (step.status()) {
          case PENDING -> true;
          case WAITING -> !(how instanceof Beginning.Skip); // its condition held before it waited
          case RUNNING, SUCCEEDED, FAILED, UNKNOWN, SKIPPED, CANCELED -> false;
        };
  }

  private static TaskDecision settle(
      TaskState state, int position, Outcome outcome, Instant now, double random) {
    StepState step = state.step(position);
    if (step.status() != StepStatus.RUNNING) {
      return wrongState("settle step " + position, state);
    }
    return switch (state.status()) {
      case CANCELING -> new Accepted(settledForNothing(step, outcome));
      case RUNNING, PAUSED -> new Accepted(settled(state, step, outcome, now, random));
      case PENDING, SUCCEEDED, FAILED, CANCELED -> wrongState("settle step " + position, state);
    };
  }

  private static List<TaskEvent> settledForNothing(StepState step, Outcome outcome) {
    TaskEvent ended =
        switch (outcome) {
          case Outcome.Succeeded(var output) ->
              new TaskEvent.StepSucceeded(step.position(), output);
          case Outcome.Failed(ErrorDetail error) ->
              new TaskEvent.StepCanceled(step.position(), error);
          case Outcome.Unknown(ErrorDetail error) ->
              new TaskEvent.StepCanceled(step.position(), error);
        };
    return List.of(ended, new TaskEvent.TaskCanceled(null));
  }

  private static List<TaskEvent> settled(
      TaskState state, StepState step, Outcome outcome, Instant now, double random) {
    var events = new ArrayList<TaskEvent>();
    int position = step.position();
    switch (outcome) {
      case Outcome.Succeeded(var output) -> {
        events.add(new TaskEvent.StepSucceeded(position, output));
        succeedIfLast(state, position, events);
      }
      case Outcome.Failed(ErrorDetail error) -> {
        if (mayRetry(step, error)) {
          Instant at = now.plus(RetryDelay.after(step.policy(), step.attempt(), error, random));
          events.add(new TaskEvent.StepRetries(position, step.attempt(), error, at));
        } else {
          fail(state, step, error, events);
        }
      }
      case Outcome.Unknown(ErrorDetail error) ->
          events.add(new TaskEvent.StepUnknown(position, step.attempt(), error));
    }
    return events;
  }

  private static boolean mayRetry(StepState step, ErrorDetail error) {
    return error.retryable()
        && step.attempt() < step.maxAttempts()
        && step.policy().strategy() != RetryPolicy.Strategy.NONE;
  }

  /** A paused task stays paused; it fails or succeeds when it is resumed. */
  private static void fail(
      TaskState state, StepState step, ErrorDetail error, List<TaskEvent> events) {
    events.add(new TaskEvent.StepFailed(step.position(), step.attempt(), error));
    if (state.status() == TaskStatus.RUNNING) {
      events.add(new TaskEvent.TaskFailed(error));
    }
  }

  private static void succeedIfLast(TaskState state, int position, List<TaskEvent> events) {
    if (state.isLast(position) && state.status() != TaskStatus.PAUSED) {
      events.add(new TaskEvent.TaskSucceeded());
    }
  }

  private static TaskDecision approve(TaskState state, int position, Instant now) {
    return isAsked(state, position)
        ? new Accepted(List.of(new TaskEvent.StepApproved(position, now)))
        : wrongState("approve step " + position, state);
  }

  private static TaskDecision deny(TaskState state, int position, ErrorDetail error) {
    if (!isAsked(state, position)) {
      return wrongState("deny step " + position, state);
    }
    var events = new ArrayList<TaskEvent>();
    fail(state, state.step(position), error, events);
    return new Accepted(events);
  }

  /** It waits, and for no time: for somebody who says yes or no. */
  private static boolean isAsked(TaskState state, int position) {
    StepState step = state.step(position);
    boolean goesOn = state.status() == TaskStatus.RUNNING || state.status() == TaskStatus.PAUSED;
    return goesOn && step.status() == StepStatus.WAITING && step.dueAt() == null;
  }

  private static TaskDecision sentAgain(TaskState state, int position) {
    StepState step = state.step(position);
    return step.status() == StepStatus.RUNNING && step.attempt() < step.maxAttempts()
        ? new Accepted(List.of(new TaskEvent.StepStarted(position, step.attempt() + 1)))
        : wrongState("send the call of step " + position + " again", state);
  }

  private static TaskDecision pause(TaskState state) {
    return state.status() == TaskStatus.PENDING || state.status() == TaskStatus.RUNNING
        ? new Accepted(List.of(new TaskEvent.TaskPaused()))
        : wrongState("pause it", state);
  }

  private static TaskDecision resume(TaskState state) {
    if (state.status() != TaskStatus.PAUSED) {
      return wrongState("resume it", state);
    }
    var events = new ArrayList<TaskEvent>();
    events.add(new TaskEvent.TaskResumed());
    StepState current = state.current().orElse(null);
    if (current == null) {
      events.add(new TaskEvent.TaskSucceeded());
    } else if (current.status() == StepStatus.FAILED) {
      events.add(
          new TaskEvent.TaskFailed(
              ErrorDetail.permanent(
                  "task.step_failed",
                  "step %d failed while the task was paused".formatted(current.position()))));
    }
    return new Accepted(events);
  }

  private static TaskDecision cancel(TaskState state, @Nullable String reason) {
    return switch (state.status()) {
      case PENDING -> new Accepted(List.of(new TaskEvent.TaskCanceled(reason)));
      case RUNNING, PAUSED ->
          new Accepted(
              state.isCalling()
                  ? List.of(new TaskEvent.TaskCanceling(reason))
                  : List.of(
                      new TaskEvent.TaskCanceling(reason), new TaskEvent.TaskCanceled(reason)));
      case CANCELING, SUCCEEDED, FAILED, CANCELED -> wrongState("cancel it", state);
    };
  }

  private static TaskDecision retry(TaskState state, @Nullable Integer from) {
    if (state.status() != TaskStatus.FAILED) {
      return wrongState("retry it", state);
    }
    int failed = state.current().map(StepState::position).orElse(0);
    int first = Objects.requireNonNullElse(from, failed);
    return first <= failed
        ? new Accepted(List.of(new TaskEvent.TaskRequeued(first)))
        : new Rejected(
            "task.retry_too_late",
            "step %d was never reached; retry from step %d, which failed, or one before it"
                .formatted(first, failed));
  }

  private static TaskDecision resolve(TaskState state, int position, Resolution resolution) {
    StepState step = state.step(position);
    boolean goesOn = state.status() == TaskStatus.RUNNING || state.status() == TaskStatus.PAUSED;
    if (step.status() != StepStatus.UNKNOWN || !goesOn) {
      return wrongState("resolve step " + position, state);
    }
    var events = new ArrayList<TaskEvent>();
    switch (resolution) {
      case Resolution.Succeeded(var output) -> {
        events.add(new TaskEvent.StepSucceeded(position, output));
        succeedIfLast(state, position, events);
      }
      case Resolution.Failed(ErrorDetail error) -> fail(state, step, error, events);
      case Resolution.Retry _ -> events.add(new TaskEvent.StepRepeated(position));
    }
    return new Accepted(events);
  }

  private static Rejected wrongState(String what, TaskState state) {
    return new Rejected(
        "task.wrong_state",
        "the task is %s; it is too late or too early to %s".formatted(state.status().wire(), what));
  }
}
