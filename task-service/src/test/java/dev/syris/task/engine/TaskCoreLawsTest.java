package dev.syris.task.engine;

import static dev.syris.task.engine.States.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.task.RetryPolicy;
import dev.syris.contracts.task.StepStatus;
import dev.syris.contracts.task.TaskStatus;
import dev.syris.contracts.task.WaitingFor;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.task.engine.TaskCommand.Beginning;
import dev.syris.task.engine.TaskCommand.Outcome;
import dev.syris.task.engine.TaskCommand.Resolution;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Whatever is asked of a task, in whatever order: what always holds. */
class TaskCoreLawsTest {

  private static final int STEPS = 3;
  private static final ErrorDetail LATER = ErrorDetail.retryable("busy", "come back");
  private static final ErrorDetail NO = ErrorDetail.permanent("broken", "no");

  @Property(tries = 5_000)
  void keepsItsLaws(
      @ForAll("commands") List<TaskCommand> commands, @ForAll("policies") List<StepState> steps) {
    TaskState state = fresh(steps);
    for (TaskCommand command : commands) {
      if (TaskCore.decide(state, command, NOW, 0.5)
          instanceof TaskDecision.Accepted(List<TaskEvent> events)) {
        TaskState before = state;
        for (TaskEvent event : events) {
          checkTurn(state, event);
          state = TaskEvolution.evolve(state, event);
          checkAttempts(state);
        }
        checkEnd(before, state, command);
        checkKeys(before, state, command);
      }
      checkShape(state);
    }
  }

  private static TaskState fresh(List<StepState> steps) {
    var byPosition = new TreeMap<Integer, StepState>();
    steps.forEach(step -> byPosition.put(step.position(), step));
    return new TaskState(TaskStatus.PENDING, steps.size(), byPosition);
  }

  /** No step begins before the one before it is done. */
  private static void checkTurn(TaskState state, TaskEvent event) {
    boolean begins =
        event instanceof TaskEvent.StepStarted
            || event instanceof TaskEvent.StepWaits
            || event instanceof TaskEvent.StepSkipped;
    if (begins && event instanceof TaskEvent.OfStep ofStep) {
      assertThat(state.steps().headMap(ofStep.position()).values())
          .extracting(StepState::status)
          .as("before " + event)
          .allMatch(status -> status == StepStatus.SUCCEEDED || status == StepStatus.SKIPPED);
      assertThat(state.status()).isIn(TaskStatus.RUNNING, TaskStatus.PAUSED, TaskStatus.CANCELING);
    }
  }

  private static void checkAttempts(TaskState state) {
    for (StepState step : state.steps().values()) {
      assertThat(step.attempt()).isBetween(0, step.maxAttempts());
    }
  }

  /** Terminal is terminal, but that a failed task may be retried. */
  private static void checkEnd(TaskState before, TaskState after, TaskCommand command) {
    if (before.isOver()) {
      assertThat(before.status()).as("taken: " + command).isEqualTo(TaskStatus.FAILED);
      assertThat(command).isInstanceOf(TaskCommand.Retry.class);
      assertThat(after.status()).isEqualTo(TaskStatus.PENDING);
    }
  }

  /** A key is made of position and run, and only what has an outcome gets another run. */
  private static void checkKeys(TaskState before, TaskState after, TaskCommand command) {
    for (StepState step : after.steps().values()) {
      StepState former = before.step(step.position());
      if (step.run() != former.run()) {
        assertThat(command).isInstanceOf(TaskCommand.Retry.class);
        assertThat(step.run()).isEqualTo(former.run() + 1);
        assertThat(former.status())
            .isIn(StepStatus.SUCCEEDED, StepStatus.FAILED, StepStatus.SKIPPED);
      }
    }
  }

  private static void checkShape(TaskState state) {
    var statuses = state.steps().values().stream().map(StepState::status).toList();
    assertThat(statuses.stream().filter(status -> status == StepStatus.RUNNING).count())
        .isLessThanOrEqualTo(state.isOver() ? 0 : 1);
    switch (state.status()) {
      case SUCCEEDED ->
          assertThat(statuses)
              .allMatch(it -> it == StepStatus.SUCCEEDED || it == StepStatus.SKIPPED);
      case FAILED -> assertThat(statuses).containsOnlyOnce(StepStatus.FAILED);
      case CANCELED ->
          assertThat(statuses)
              .doesNotContain(StepStatus.PENDING, StepStatus.WAITING, StepStatus.RUNNING);
      case CANCELING -> assertThat(statuses).containsOnlyOnce(StepStatus.RUNNING);
      case PENDING, RUNNING, PAUSED -> assertThat(statuses).doesNotContain(StepStatus.CANCELED);
    }
    assertThat(state.waitingFor()).isEqualTo(waitingFor(state, statuses));
  }

  private static @Nullable WaitingFor waitingFor(TaskState state, List<StepStatus> statuses) {
    boolean timed = state.steps().values().stream().anyMatch(step -> step.dueAt() != null);
    if (state.isOver()) {
      return null;
    } else if (statuses.contains(StepStatus.UNKNOWN)) {
      return WaitingFor.OPERATOR;
    } else if (statuses.contains(StepStatus.WAITING)) {
      return WaitingFor.TIME;
    }
    return timed ? WaitingFor.RETRY : null;
  }

  @Provide
  Arbitrary<List<StepState>> policies() {
    var attempts = Arbitraries.integers().between(1, 3).list().ofSize(STEPS);
    var strategies = Arbitraries.of(RetryPolicy.Strategy.values());
    return Combinators.combine(attempts, strategies)
        .as(
            (maxes, strategy) ->
                IntStream.range(0, STEPS)
                    .mapToObj(
                        i ->
                            new StepState(
                                i,
                                StepStatus.PENDING,
                                1,
                                0,
                                maxes.get(i),
                                new RetryPolicy(strategy, 10, 100, true),
                                null))
                    .toList());
  }

  /** Those that lead on are more frequent, so that sequences get somewhere. */
  @Provide
  Arbitrary<List<TaskCommand>> commands() {
    var positions = Arbitraries.integers().between(0, STEPS - 1);
    Arbitrary<TaskCommand> commands =
        Arbitraries.frequencyOf(
            Tuple.of(8, begins(positions)),
            Tuple.of(8, settles(positions)),
            Tuple.of(2, resolves(positions)),
            Tuple.of(1, positions.map(at -> (TaskCommand) new TaskCommand.SentAgain(at))),
            Tuple.of(2, positions.injectNull(0.5).map(TaskCommand.Retry::new)),
            Tuple.of(
                1,
                Arbitraries.of(
                    new TaskCommand.Pause(),
                    new TaskCommand.Resume(),
                    new TaskCommand.Resume(),
                    new TaskCommand.Cancel("enough"))));
    return commands.list().ofMinSize(1).ofMaxSize(80);
  }

  private static Arbitrary<TaskCommand> begins(Arbitrary<Integer> positions) {
    Arbitrary<Beginning> how =
        Arbitraries.of(
            new Beginning.Run(),
            new Beginning.Run(),
            new Beginning.Run(),
            new Beginning.Refuse(NO),
            new Beginning.Skip(),
            new Beginning.WaitUntil(NOW.plusSeconds(1)),
            new Beginning.Done(Json.object()));
    return Combinators.combine(positions, how).as(TaskCommand.Begin::new);
  }

  private static Arbitrary<TaskCommand> settles(Arbitrary<Integer> positions) {
    Arbitrary<Outcome> outcome =
        Arbitraries.of(
            new Outcome.Succeeded(null),
            new Outcome.Succeeded(null),
            new Outcome.Failed(LATER),
            new Outcome.Failed(LATER),
            new Outcome.Failed(NO),
            new Outcome.Unknown(NO));
    return Combinators.combine(positions, outcome).as(TaskCommand.Settle::new);
  }

  private static Arbitrary<TaskCommand> resolves(Arbitrary<Integer> positions) {
    Arbitrary<Resolution> resolution =
        Arbitraries.of(
            new Resolution.Succeeded(null), new Resolution.Failed(NO), new Resolution.Retry());
    return Combinators.combine(positions, resolution).as(TaskCommand.Resolve::new);
  }
}
