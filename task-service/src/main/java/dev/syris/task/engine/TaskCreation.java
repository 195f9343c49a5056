package dev.syris.task.engine;

import static dev.syris.platform.postgres.SqlArrays.column;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.id.TaskId;
import dev.syris.contracts.json.Json;
import dev.syris.platform.crash.CrashPoint;
import dev.syris.platform.outbox.OutboxRecord;
import dev.syris.platform.postgres.AfterCommit;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Adds tasks, many in one statement. Thread-safe. */
public final class TaskCreation {

  private static final String INSERT_TASKS =
      """
      insert into task.task (
        task_id, name, trace_id, trigger_event_id, template, template_version, autonomy_at_start, labels, input, event,
        requested_by_type, requested_by_id, granted_scopes, depth, step_count, ready_at, created_at, updated_at)
      select id::uuid, name, trace_id::uuid, event_id::uuid, template, version::bigint, :autonomy, labels::json,
             input::json, event::json, by_type, by_id, scopes::json, depth::int, steps::int, :now, :now, :now
        from unnest(:ids, :names, :traces, :eventIds, :templates, :versions, :labels, :inputs, :events,
                    :byTypes, :byIds, :scopes, :depths, :steps)
             as new (id, name, trace_id, event_id, template, version, labels, input, event,
                     by_type, by_id, scopes, depth, steps)
      on conflict (task_id) do nothing
      returning task_id
      """;

  private static final String INSERT_STEPS =
      """
      insert into task.step (
        step_id, task_id, position, name, tool, action, args, condition, wait, reads, max_attempts, retry_policy,
        timeout_ms)
      select id::uuid, task_id::uuid, position::int, name, tool, action, args::json, condition::json, wait::json,
             array(select json_array_elements_text(reads::json)), max_attempts::int, policy::json, timeout::bigint
        from unnest(:ids, :tasks, :positions, :names, :tools, :actions, :args, :conditions, :waits, :reads,
                    :maxes, :policies, :timeouts)
             as new (id, task_id, position, name, tool, action, args, condition, wait, reads,
                     max_attempts, policy, timeout)
      """;

  private final EngineParts parts;
  private final JdbcClient jdbc;
  private final TaskAudits audits;
  private final Runnable wake;

  TaskCreation(EngineParts parts, Runnable wake) {
    this.parts = parts;
    this.jdbc = parts.jdbc();
    this.audits = new TaskAudits(parts.ids());
    this.wake = wake;
  }

  /**
   * Adds tasks to the caller's transaction, with what the trail says of them; one whose id is known
   * is not added again. Their turn comes when the transaction has committed.
   *
   * @return ids of those that were added
   */
  public Set<TaskId> create(List<NewTask> tasks) {
    if (tasks.isEmpty()) {
      return Set.of();
    }
    Instant now = parts.clock().instant();
    AutonomyLevel level = parts.gate().controls().now().level();
    Set<TaskId> added = insert(tasks, level, now);
    var left = new HashSet<>(added); // one that is here twice is added once
    List<NewTask> fresh = tasks.stream().filter(task -> left.remove(task.id())).toList();
    insertSteps(fresh);
    List<AuditEvent> said = fresh.stream().map(task -> audits.created(task, level, now)).toList();
    parts.outbox().append(said.stream().map(OutboxRecord::audit).toList());
    CrashPoint.reach("creation.before-commit");
    AfterCommit.register(this::committed);
    return added;
  }

  private void committed() {
    CrashPoint.reach("creation.after-commit");
    wake.run();
  }

  private Set<TaskId> insert(List<NewTask> tasks, AutonomyLevel level, Instant now) {
    return new HashSet<>(
        jdbc.sql(INSERT_TASKS)
            .param("now", now.atOffset(ZoneOffset.UTC))
            .param("autonomy", level.name())
            .param("ids", column(tasks, NewTask::id))
            .param("names", column(tasks, NewTask::name))
            .param("traces", column(tasks, NewTask::traceId))
            .param("eventIds", column(tasks, NewTask::triggerEventId))
            .param("templates", column(tasks, NewTask::template))
            .param("versions", column(tasks, NewTask::templateVersion))
            .param("labels", column(tasks, task -> json(task.labels())))
            .param("inputs", column(tasks, NewTask::input))
            .param("events", column(tasks, NewTask::event))
            .param("byTypes", column(tasks, task -> task.requestedBy().type()))
            .param("byIds", column(tasks, task -> task.requestedBy().id()))
            .param("scopes", column(tasks, task -> json(task.grantedScopes())))
            .param("depths", column(tasks, NewTask::depth))
            .param("steps", column(tasks, task -> task.steps().size()))
            .query((row, _) -> TaskId.parse(row.getString("task_id")))
            .list());
  }

  private record Placed(TaskId task, StepPlan step) {}

  private void insertSteps(List<NewTask> tasks) {
    var steps = new ArrayList<Placed>();
    tasks.forEach(task -> task.steps().forEach(step -> steps.add(new Placed(task.id(), step))));
    jdbc.sql(INSERT_STEPS)
        .param("ids", column(steps, one -> one.step().id()))
        .param("tasks", column(steps, Placed::task))
        .param("positions", column(steps, one -> one.step().position()))
        .param("names", column(steps, one -> one.step().name()))
        .param("tools", column(steps, one -> one.step().tool()))
        .param("actions", column(steps, one -> one.step().action()))
        .param("args", column(steps, one -> one.step().args()))
        .param("conditions", column(steps, one -> one.step().condition()))
        .param("waits", column(steps, one -> one.step().delay()))
        .param("reads", column(steps, one -> json(one.step().reads())))
        .param("maxes", column(steps, one -> one.step().maxAttempts()))
        .param("policies", column(steps, one -> json(one.step().retryPolicy())))
        .param("timeouts", column(steps, one -> one.step().timeoutMs()))
        .update();
  }

  private static String json(Object value) {
    return Json.mapper().writeValueAsString(value);
  }
}
