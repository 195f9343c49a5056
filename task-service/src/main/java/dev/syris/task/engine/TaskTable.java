package dev.syris.task.engine;

import static dev.syris.platform.postgres.SqlArrays.column;

import dev.syris.contracts.id.TaskId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.task.StepStatus;
import dev.syris.contracts.task.TaskStatus;
import dev.syris.contracts.task.WaitingFor;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.task.instance.Owner;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The SQL that changes tasks and their steps. Every method belongs into a transaction that has the
 * tasks locked; every batch is one statement.
 */
final class TaskTable {

  /** A status on the way to the one that is written: the triggers see every transition. */
  private static final String PASS_TASKS =
      """
      update task.task set status = passed.status, ready_at = null, waiting_for = null
        from unnest(:ids, :statuses) as passed (id, status)
       where task_id = passed.id::uuid
      """;

  private static final String CHANGE_TASKS =
      """
      update task.task
         set status = change.status, waiting_for = change.waiting_for, ready_at = change.ready_at::timestamptz,
             owner = change.owner, owner_epoch = change.owner_epoch::bigint, epoch = change.epoch::bigint,
             error = change.error::json, cancel_reason = coalesce(change.cancel_reason, task.cancel_reason),
             updated_at = :now, ended_at = change.ended_at::timestamptz
        from unnest(:ids, :statuses, :waitings, :readys, :owners, :ownerEpochs, :epochs, :errors, :reasons, :endeds)
             as change (id, status, waiting_for, ready_at, owner, owner_epoch, epoch, error, cancel_reason, ended_at)
       where task_id = change.id::uuid
      """;

  private static final String PASS_STEPS =
      """
      update task.step set status = passed.status, attempt = passed.attempt::int
        from unnest(:ids, :statuses, :attempts) as passed (id, status, attempt)
       where step_id = passed.id::uuid
      """;

  private static final String CHANGE_STEPS =
      """
      update task.step
         set status = change.status, run = change.run::int, attempt = change.attempt::int,
             tool_call_id = change.call::uuid, idempotency_key = change.key, due_at = change.due_at::timestamptz,
             checkpoint = change.checkpoint::json, output = change.output::json, error = change.error::json,
             started_at = change.started_at::timestamptz, ended_at = change.ended_at::timestamptz
        from unnest(:ids, :statuses, :runs, :attempts, :calls, :keys, :dues, :checkpoints, :outputs, :errors,
                    :starteds, :endeds)
             as change (id, status, run, attempt, call, key, due_at, checkpoint, output, error, started_at, ended_at)
       where step_id = change.id::uuid
      """;

  private static final String CANCEL_STEPS =
      """
      update task.step set status = 'canceled', due_at = null, ended_at = :now
       where task_id = any(:ids::uuid[]) and status in ('pending', 'waiting')
      """;

  private static final String RERUN_STEPS =
      """
      update task.step
         set status = 'pending', run = run + 1, attempt = 0, tool_call_id = null, idempotency_key = null,
             due_at = null, checkpoint = null, output = null, error = null, started_at = null, ended_at = null
       where task_id = :id and position >= :from and status in ('succeeded', 'failed', 'skipped')
      """;

  private final JdbcClient jdbc;

  TaskTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What a task's row becomes.
   *
   * @param path the statuses it goes through, the last of which stays
   */
  record TaskChange(
      TaskId id,
      List<TaskStatus> path,
      @Nullable WaitingFor waitingFor,
      @Nullable Instant readyAt,
      @Nullable Owner owner,
      long epoch,
      @Nullable ErrorDetail error,
      @Nullable String cancelReason,
      @Nullable Instant endedAt) {}

  /**
   * What a step's row becomes.
   *
   * @param path the statuses it goes through, the last of which stays
   */
  record StepChange(StepRow step, List<StepStatus> path) {}

  void change(List<TaskChange> changes, Instant now) {
    int longest = changes.stream().mapToInt(change -> change.path().size()).max().orElse(0);
    for (int i = 0; i < longest - 1; i++) {
      int at = i;
      pass(changes.stream().filter(change -> change.path().size() - 1 > at).toList(), at);
    }
    if (changes.isEmpty()) {
      return;
    }
    jdbc.sql(CHANGE_TASKS)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("ids", column(changes, TaskChange::id))
        .param("statuses", column(changes, change -> change.path().getLast().wire()))
        .param("waitings", column(changes, change -> wire(change.waitingFor())))
        .param("readys", column(changes, TaskChange::readyAt))
        .param("owners", column(changes, change -> instance(change.owner())))
        .param("ownerEpochs", column(changes, change -> epoch(change.owner())))
        .param("epochs", column(changes, TaskChange::epoch))
        .param("errors", column(changes, change -> json(change.error())))
        .param("reasons", column(changes, TaskChange::cancelReason))
        .param("endeds", column(changes, TaskChange::endedAt))
        .update();
  }

  private void pass(List<TaskChange> changes, int at) {
    jdbc.sql(PASS_TASKS)
        .param("ids", column(changes, TaskChange::id))
        .param("statuses", column(changes, change -> change.path().get(at).wire()))
        .update();
  }

  void changeSteps(List<StepChange> changes) {
    int longest = changes.stream().mapToInt(change -> change.path().size()).max().orElse(0);
    for (int i = 0; i < longest - 1; i++) {
      int at = i;
      passSteps(changes.stream().filter(change -> change.path().size() - 1 > at).toList(), at);
    }
    if (changes.isEmpty()) {
      return;
    }
    jdbc.sql(CHANGE_STEPS)
        .param("ids", column(changes, change -> change.step().plan().id()))
        .param("statuses", column(changes, change -> change.path().getLast().wire()))
        .param("runs", column(changes, change -> change.step().state().run()))
        .param("attempts", column(changes, change -> change.step().state().attempt()))
        .param("calls", column(changes, change -> change.step().progress().toolCallId()))
        .param("keys", column(changes, change -> change.step().progress().idempotencyKey()))
        .param("dues", column(changes, change -> change.step().state().dueAt()))
        .param("checkpoints", column(changes, change -> change.step().progress().checkpoint()))
        .param("outputs", column(changes, change -> change.step().progress().output()))
        .param("errors", column(changes, change -> json(change.step().progress().error())))
        .param("starteds", column(changes, change -> change.step().progress().startedAt()))
        .param("endeds", column(changes, change -> change.step().progress().endedAt()))
        .update();
  }

  private void passSteps(List<StepChange> changes, int at) {
    jdbc.sql(PASS_STEPS)
        .param("ids", column(changes, change -> change.step().plan().id()))
        .param("statuses", column(changes, change -> change.path().get(at).wire()))
        .param("attempts", column(changes, change -> change.step().state().attempt()))
        .update();
  }

  /** Whatever of these tasks was not done yet never will be. */
  void cancelSteps(Collection<TaskId> tasks, Instant now) {
    if (!tasks.isEmpty()) {
      jdbc.sql(CANCEL_STEPS)
          .param("now", now.atOffset(ZoneOffset.UTC))
          .param("ids", column(tasks, task -> task))
          .update();
    }
  }

  /** What has an outcome, from a position on, is done anew. */
  void rerunSteps(TaskId task, int from) {
    jdbc.sql(RERUN_STEPS).param("id", task.value()).param("from", from).update();
  }

  private static @Nullable Object wire(@Nullable WaitingFor waiting) {
    return waiting == null ? null : waiting.wire();
  }

  private static @Nullable Object instance(@Nullable Owner owner) {
    return owner == null ? null : owner.instance();
  }

  private static @Nullable Object epoch(@Nullable Owner owner) {
    return owner == null ? null : owner.epoch();
  }

  private static @Nullable Object json(@Nullable ErrorDetail error) {
    return error == null ? null : Json.mapper().writeValueAsString(error);
  }
}
