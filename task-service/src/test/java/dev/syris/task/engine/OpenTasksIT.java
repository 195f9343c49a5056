package dev.syris.task.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syris.contracts.task.TaskStatus;
import dev.syris.task.support.Database;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

/** Which tasks are open is kept apart from the tasks, and is the same whatever happens to them. */
@WithBackends
class OpenTasksIT {

  private static final int TASKS = 120;
  private static final int ROUNDS = 60;
  private static final Set<TaskStatus> OVER =
      EnumSet.of(TaskStatus.SUCCEEDED, TaskStatus.FAILED, TaskStatus.CANCELED);

  /** Many rows in one statement, each on its own way; who has it and when it goes on, too. */
  private static final String MOVE =
      """
      update task.task
         set status = moved.status,
             owner = case when moved.owned then '1' end, owner_epoch = case when moved.owned then 1 end,
             ready_at = case when not moved.owned and moved.status in ('pending', 'running') and moved.ready then now() end,
             ended_at = case when moved.status in ('succeeded', 'failed', 'canceled') then now() end
        from unnest(:ids, :statuses, :owned, :ready) as moved (id, status, owned, ready)
       where task_id = moved.id
      """;

  private final TestDatabase test = TestBackends.freshDatabase();
  private final Database service = new Database(test.as("syris_task"));
  private final Database gateway = new Database(test.as("syris_gateway"));

  @AfterEach
  void close() {
    service.close();
    gateway.close();
  }

  @Test
  void shouldFindWhatIsOpenWhateverHappens() {
    // Given
    var random = new Random(3);
    Map<UUID, TaskStatus> tasks = tasks();
    var seen = new EnumMap<TaskStatus, Integer>(TaskStatus.class);
    for (int round = 0; round < ROUNDS; round++) {
      // When
      move(tasks, random);
      // Then
      assertThat(
              service.count(
                  """
                  select count(*)
                    from (select task_id, ready_at, owner is not null as owned from task.task
                           where status in ('pending', 'running', 'paused', 'canceling')) open
                    full join task.work using (task_id)
                   where open.task_id is null or work.task_id is null
                      or open.ready_at is distinct from work.ready_at or open.owned <> work.owned
                  """))
          .as("round %d", round)
          .isZero();
      assertThat(gateway.count("select count(*) from api.open_task"))
          .isEqualTo(tasks.values().stream().filter(status -> !OVER.contains(status)).count());
      assertThat(gateway.count("select count(*) from api.task where failed"))
          .isEqualTo(tasks.values().stream().filter(TaskStatus.FAILED::equals).count());
      tasks.values().forEach(status -> seen.merge(status, 1, Integer::sum));
    }
    assertThat(seen.keySet()).containsExactlyInAnyOrder(TaskStatus.values());
  }

  @Test
  void shouldFindTheCallOfAStepUnderWay() {
    // Given
    UUID task = tasks().keySet().iterator().next();
    UUID call = UUID.randomUUID();
    service
        .jdbc
        .sql(
            """
            update task.task set status = 'running', owner = '1', owner_epoch = 1, ready_at = null where task_id = :task
            """)
        .param("task", task)
        .update();
    service
        .jdbc
        .sql(
            """
            insert into task.step (step_id, task_id, position, name, tool, action, args, reads, max_attempts, retry_policy)
            values (:task, :task, 0, 's', 't', 'a', '{}', '{}', 1, '{}')
            """)
        .param("task", task)
        .update();
    service
        .jdbc
        .sql(
            """
            insert into task.tool_call (tool_call_id, trace_id, task_id, step_id, tool, action, args, idempotency_key,
              request_hash, requested_by_type, requested_by_id, granted_scopes, depth, requested_at, created_at, status,
              attempt, owner, owner_epoch, started_at, lease_until, read_only, idempotent)
            values (:call, :call, :task::text, :task::text, 't', 'a', '{}', 'k', 'h', 'task', 'x', '[]', 0, now(), now(),
              'started', 1, '1', 1, now(), now(), false, false)
            """)
        .param("call", call)
        .param("task", task)
        .update();
    // When
    service
        .jdbc
        .sql("update task.step set status = 'running', tool_call_id = :call where task_id = :task")
        .param("call", call)
        .param("task", task)
        .update();
    // Then
    assertThat(
            gateway
                .jdbc
                .sql("select tool_call_id from api.started_tool_call")
                .query(UUID.class)
                .list())
        .containsExactly(call);
    assertThat(gateway.count("select started from api.tool_call_backlog")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into task.work (task_id, owned) values (gen_random_uuid(), false)",
        "update task.work set ready_at = now()",
        "delete from task.work",
        "truncate task.work"
      })
  void shouldLetNobodySayOtherwise(String sql) {
    assertThatThrownBy(() -> service.jdbc.sql(sql).update())
        .isInstanceOf(DataAccessException.class)
        .hasStackTraceContaining("permission denied");
  }

  private Map<UUID, TaskStatus> tasks() {
    var tasks = new LinkedHashMap<UUID, TaskStatus>();
    for (int i = 0; i < TASKS; i++) {
      UUID task = new UUID(0, i);
      service
          .jdbc
          .sql(
              """
              insert into task.task (task_id, name, trace_id, autonomy_at_start, labels, input, requested_by_type,
                requested_by_id, granted_scopes, depth, step_count, ready_at, created_at, updated_at)
              values (:id, 't', :id, 'A2', '[]', '{}', 'token', '1', '[]', 0, 1, now(), now(), now())
              """)
          .param("id", task)
          .update();
      tasks.put(task, TaskStatus.PENDING);
    }
    return tasks;
  }

  /** Some of the tasks, each to a state it may go to. */
  private void move(Map<UUID, TaskStatus> tasks, Random random) {
    List<UUID> some = new ArrayList<>(tasks.keySet());
    Collections.shuffle(some, random);
    some = some.subList(0, 1 + random.nextInt(TASKS));
    List<String> statuses = new ArrayList<>();
    List<Boolean> owned = new ArrayList<>();
    List<Boolean> ready = new ArrayList<>();
    for (UUID task : some) {
      TaskStatus from = tasks.get(task);
      List<TaskStatus> next = List.copyOf(TaskTransitions.TRANSITIONS.get(from));
      TaskStatus to =
          next.isEmpty() || random.nextInt(3) == 0 ? from : next.get(random.nextInt(next.size()));
      tasks.put(task, to);
      statuses.add(to.wire());
      owned.add(!OVER.contains(to) && random.nextBoolean());
      ready.add(random.nextBoolean());
    }
    service
        .jdbc
        .sql(MOVE)
        .param("ids", some.toArray(UUID[]::new))
        .param("statuses", statuses.toArray(String[]::new))
        .param("owned", owned.toArray(Boolean[]::new))
        .param("ready", ready.toArray(Boolean[]::new))
        .update();
  }
}
