package dev.syris.task.engine;

import static dev.syris.platform.postgres.SqlArrays.column;

import dev.syris.contracts.id.TaskId;
import dev.syris.contracts.json.Json;
import dev.syris.task.instance.Owner;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The SQL that reads and locks tasks. Locks are always taken on tasks first, in order of id. */
final class TaskQueries {

  /** Whatever another claimed since it was found is left out by what the task itself says. */
  private static final String LOCK_READY =
      """
      select task.* from task.work join task.task using (task_id)
       where work.ready_at <= :now and task.ready_at <= :now
       order by work.ready_at, work.task_id limit :limit
         for update of task skip locked
      """;

  private static final String NEXT_READY =
      "select min(ready_at) from task.work where ready_at is not null";

  private static final String LOCK =
      "select * from task.task where task_id = any(:ids::uuid[]) order by task_id for update";

  /**
   * Tasks whose owner can't go on: its lease is over, it was started anew, or it is this very
   * process and does not have the call.
   */
  private static final String LOCK_ORPHANED =
      """
      with here as materialized (
        select cast(:here as uuid[]) as calls
      ), owned as materialized (
        select task.task_id, task.owner, task.owner_epoch
          from task.work join task.task using (task_id)
         where work.ready_at is null and work.owned
      ), orphaned as materialized (
        select owned.task_id
          from owned
          left join task.system_health health on health.instance = owned.owner
         where health.instance is null
            or health.epoch > owned.owner_epoch
            or (owned.owner <> :owner and health.lease_until < now())
            or (owned.owner = :owner and owned.owner_epoch = :epoch and not exists (
                  select from task.step, here
                   where step.task_id = owned.task_id and step.status = 'running'
                     and step.tool_call_id = any(here.calls)))
      )
      select task.* from task.task
        left join task.system_health health on health.instance = task.owner
       where task.task_id = any(array(select task_id from orphaned order by task_id limit :limit))
         and task.owner is not null
         and (health.instance is null
              or health.epoch > task.owner_epoch
              or (task.owner <> :owner and health.lease_until < now())
              or (task.owner = :owner and task.owner_epoch = :epoch and not exists (
                    select from task.step, here
                     where step.task_id = task.task_id and step.status = 'running'
                       and step.tool_call_id = any(here.calls))))
       order by task.task_id
         for update of task skip locked
      """;

  /** The first step of each that is not done. */
  private static final String FRONTIER =
      """
      select step.*, call.status as call_status, call.args as call_args, call.attempt as call_attempt
        from unnest(:ids, :froms) as wanted (id, position)
       cross join lateral (
             select * from task.step
              where step.task_id = wanted.id::uuid and step.position >= wanted.position::int and step.status not in ('succeeded', 'skipped')
              order by position limit 1) step
        left join task.tool_call call on call.tool_call_id = step.tool_call_id
      """;

  private static final String BY_ID =
      """
      select step.*, call.status as call_status, call.args as call_args, call.attempt as call_attempt
        from task.step
        left join task.tool_call call on call.tool_call_id = step.tool_call_id
       where step.step_id = any(:ids::uuid[])
      """;

  private static final String STEPS =
      """
      select step.*, call.status as call_status, call.args as call_args, call.attempt as call_attempt
        from task.step
        left join task.tool_call call on call.tool_call_id = step.tool_call_id
       where step.task_id = :id
       order by position
      """;

  private static final String OUTPUTS =
      """
      select step.task_id, step.name, step.status, step.output
        from unnest(:ids, :names) as wanted (id, name)
        join task.step on step.task_id = wanted.id::uuid and step.name = wanted.name
      """;

  private static final String UNWANTED =
      """
      select step.tool_call_id
        from task.work join task.task using (task_id)
        join task.step on step.task_id = task.task_id and step.status = 'running'
       where work.ready_at is null and work.owned
         and task.owner = :owner and task.owner_epoch = :epoch and task.status = 'canceling'
         and step.tool_call_id is not null
      """;

  private final JdbcClient jdbc;

  TaskQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<TaskRow> lockReady(Instant now, int limit) {
    return jdbc.sql(LOCK_READY)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("limit", limit)
        .query(TaskRows::task)
        .list();
  }

  /** When the next task is ready by itself. */
  Optional<Instant> nextReady() {
    return jdbc.sql(NEXT_READY)
        .query((row, _) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
        .single()
        .map(OffsetDateTime::toInstant);
  }

  List<TaskRow> lock(Collection<String> ids) {
    return jdbc.sql(LOCK).param("ids", ids.toArray(String[]::new)).query(TaskRows::task).list();
  }

  List<TaskRow> lockOrphaned(Owner owner, Collection<String> here, int limit) {
    return jdbc.sql(LOCK_ORPHANED)
        .param("owner", owner.instance())
        .param("epoch", owner.epoch())
        .param("here", here.toArray(String[]::new))
        .param("limit", limit)
        .query(TaskRows::task)
        .list();
  }

  /** The first open step of each task, after those that were read. */
  List<TaskRows.StepOfTask> frontier(Collection<TaskWork> tasks) {
    return jdbc.sql(FRONTIER)
        .param("ids", column(tasks, task -> task.row().id()))
        .param("froms", column(tasks, TaskWork::nextPosition))
        .query(TaskRows::step)
        .list();
  }

  /** Steps by id. */
  List<TaskRows.StepOfTask> stepsById(Collection<String> ids) {
    return jdbc.sql(BY_ID).param("ids", ids.toArray(String[]::new)).query(TaskRows::step).list();
  }

  /** All steps of one. */
  List<TaskRows.StepOfTask> steps(TaskId task) {
    return jdbc.sql(STEPS).param("id", task.value()).query(TaskRows::step).list();
  }

  /**
   * What the steps of tasks came to, as references see it: by name, {@code {status, output}}.
   *
   * @param wanted names of steps by task
   */
  Map<TaskId, ObjectNode> outputs(Map<TaskId, List<String>> wanted) {
    var pairs = new ArrayList<Map.Entry<TaskId, String>>();
    wanted.forEach((task, names) -> names.forEach(name -> pairs.add(Map.entry(task, name))));
    var outputs = new HashMap<TaskId, ObjectNode>();
    if (pairs.isEmpty()) {
      return outputs;
    }
    jdbc.sql(OUTPUTS)
        .param("ids", column(pairs, Map.Entry::getKey))
        .param("names", column(pairs, Map.Entry::getValue))
        .query(
            (row, _) -> {
              var task = TaskId.parse(row.getString("task_id"));
              ObjectNode step = Json.object().put("status", row.getString("status"));
              String output = row.getString("output");
              if (output != null) {
                JsonNode value = Json.mapper().readTree(output);
                step.set("output", value);
              }
              outputs.computeIfAbsent(task, _ -> Json.object()).set(row.getString("name"), step);
              return task;
            })
        .list();
    return outputs;
  }

  /** Calls of this process that run for tasks nobody wants any more. */
  List<String> unwanted(Owner owner) {
    return jdbc.sql(UNWANTED)
        .param("owner", owner.instance())
        .param("epoch", owner.epoch())
        .query(String.class)
        .list();
  }
}
