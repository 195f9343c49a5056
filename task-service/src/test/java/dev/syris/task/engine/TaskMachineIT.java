package dev.syris.task.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syris.contracts.task.StepStatus;
import dev.syris.contracts.task.TaskStatus;
import dev.syris.task.support.Database;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;

/** The state machines of tasks and steps, as the database has them. */
@WithBackends
class TaskMachineIT {

  private static final TestDatabase TEST = TestBackends.freshDatabase().migrate().migrate();
  private static final Database SERVICE = new Database(TEST.as("syris_task"));
  private static final Database OWNER = new Database(TEST.owner());
  private static final int ROWS = 8;

  /** A table with a state machine, and how a row of it is put into a state by raw SQL. */
  private enum Machine {
    TASK(
        """
        update task.task
           set status = :status, owner = null, owner_epoch = null, ready_at = null,
               ended_at = case when :status in ('succeeded', 'failed', 'canceled') then now() end
         where task_id = :id
        """),
    STEP("update task.step set status = :status where task_id = :id");

    private final String sql;

    Machine(String sql) {
      this.sql = sql;
    }

    String trigger() {
      return "tr_%s_transition".formatted(wire(this));
    }

    void put(Database database, UUID task, String status) {
      database.jdbc.sql(sql).param("status", status).param("id", task).update();
    }
  }

  @AfterAll
  static void close() {
    SERVICE.close();
    OWNER.close();
  }

  @Test
  void shouldHaveTheSameTransitionsInTheDatabaseAsInJava() {
    assertThat(declared("task")).isEqualTo(pairs(TaskTransitions.TRANSITIONS));
    assertThat(declared("step")).isEqualTo(pairs(StepTransitions.TRANSITIONS));
    assertThat(TaskTransitions.TRANSITIONS).containsOnlyKeys(TaskStatus.values());
    assertThat(StepTransitions.TRANSITIONS).containsOnlyKeys(StepStatus.values());
  }

  @ParameterizedTest
  @ValueSource(strings = {"task", "step", "tool_call", "approval"})
  void shouldHaveTheSameTransitionsInTheTriggerAsInTheTable(String machine) {
    // When
    String trigger =
        OWNER
            .jdbc
            .sql("select pg_get_triggerdef(oid) from pg_trigger where tgname = :name")
            .param("name", "tr_%s_transition".formatted(machine))
            .query(String.class)
            .single();
    // Then
    var constants = new TreeSet<String>();
    Pattern.compile("'(\\w+ > \\w+)'")
        .matcher(trigger)
        .results()
        .forEach(pair -> constants.add(pair.group(1)));
    assertThat(constants).isEqualTo(declared(machine));
  }

  @Test
  void shouldRefuseAThousandTransitionsThatAreNotDeclaredAndTakeAllThatAre() {
    // When
    int refused =
        walk(Machine.TASK, TaskTransitions.TRANSITIONS)
            + walk(Machine.STEP, StepTransitions.TRANSITIONS);
    // Then
    assertThat(refused).isGreaterThanOrEqualTo(1_000);
  }

  /** Every pair of states, on several rows, as the service and as the owner of everything. */
  private static <S extends Enum<S>> int walk(Machine machine, Map<S, Set<S>> transitions) {
    int refused = 0;
    var wrong = new ArrayList<String>();
    for (S from : transitions.keySet()) {
      List<UUID> tasks = IntStream.range(0, ROWS).mapToObj(_ -> insert()).toList();
      force(machine, tasks, wire(from));
      for (S to : transitions.keySet()) {
        if (from == to) {
          continue;
        }
        for (UUID task : tasks) {
          for (Database database : List.of(SERVICE, OWNER)) {
            boolean taken = isTaken(database, machine, task, wire(to));
            refused += taken ? 0 : 1;
            if (taken != transitions.getOrDefault(from, Set.of()).contains(to)) {
              wrong.add("%s %s > %s: %s".formatted(machine, from, to, taken));
            }
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    return refused;
  }

  private static boolean isTaken(Database database, Machine machine, UUID task, String status) {
    try {
      database.transaction.executeWithoutResult(
          transaction -> {
            transaction.setRollbackOnly();
            machine.put(database, task, status);
          });
      return true;
    } catch (DataIntegrityViolationException e) {
      assertThat(e).hasMessageContaining("can't go from");
      return false;
    }
  }

  private static void force(Machine machine, List<UUID> tasks, String status) {
    String table = "alter table task.%s %%s trigger %s".formatted(wire(machine), machine.trigger());
    OWNER.transaction.executeWithoutResult(
        _ -> {
          OWNER.jdbc.sql(table.formatted("disable")).update();
          tasks.forEach(task -> machine.put(OWNER, task, status));
          OWNER.jdbc.sql(table.formatted("enable")).update();
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"running", "paused", "succeeded", "failed", "canceled"})
  void shouldBeginAsPendingOnly(String status) {
    // When / Then
    assertThatThrownBy(() -> insertTask(UUID.randomUUID(), status))
        .isInstanceOf(DataIntegrityViolationException.class)
        .hasMessageContaining("begins as pending, not as " + status);
    UUID task = UUID.randomUUID();
    insertTask(task, "pending");
    String step = status.equals("paused") ? "waiting" : status;
    assertThatThrownBy(() -> insertStep(task, step))
        .isInstanceOf(DataIntegrityViolationException.class)
        .hasMessageContaining("begins as pending, not as " + step);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update task.step set attempt = max_attempts + 1",
        "update task.step set attempt = -1",
        "update task.task set owner = '1'",
        "update task.task set waiting_for = 'godot'",
        "update task.task set status = 'lost'",
        "update task.step set status = 'lost'"
      })
  void shouldRefuseRowsThatMakeNoSense(String sql) {
    // Given
    insert();
    // When / Then
    assertThatThrownBy(() -> SERVICE.jdbc.sql(sql).update())
        .isInstanceOf(DataIntegrityViolationException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete from task.task",
        "delete from task.step",
        "truncate task.step",
        "update task.task set input = '{}'",
        "update task.task set granted_scopes = '[\"*\"]'",
        "update task.task set step_count = 1",
        "update task.step set args = '{}'",
        "update task.step set tool = 'http'",
        "update task.step set max_attempts = 100",
        "update task.answered_request set subject = 'x'",
        "insert into task.task_transition values ('canceled', 'pending')",
        "delete from task.step_transition",
        "alter table task.task disable trigger all",
        "alter table task.step disable trigger all"
      })
  void shouldGiveTheServiceNoMoreThanItNeeds(String sql) {
    assertThatThrownBy(() -> SERVICE.jdbc.sql(sql).update())
        .isInstanceOf(DataAccessException.class)
        .isNotInstanceOf(DataIntegrityViolationException.class);
  }

  private static UUID insert() {
    UUID task = UUID.randomUUID();
    insertTask(task, "pending");
    insertStep(task, "pending");
    return task;
  }

  private static void insertTask(UUID task, String status) {
    SERVICE
        .jdbc
        .sql(
            """
            insert into task.task (task_id, name, status, trace_id, autonomy_at_start, labels, input,
              requested_by_type, requested_by_id, granted_scopes, depth, step_count, created_at, updated_at, ended_at)
            values (:id, 't', :status, :id, 'A2', '[]', '{}', 'token', '1', '[]', 0, 1, now(), now(),
              case when :status in ('succeeded', 'failed', 'canceled') then now() end)
            """)
        .param("id", task)
        .param("status", status)
        .update();
  }

  private static void insertStep(UUID task, String status) {
    SERVICE
        .jdbc
        .sql(
            """
            insert into task.step (step_id, task_id, position, name, status, tool, action, args, reads, max_attempts,
              retry_policy)
            values (gen_random_uuid(), :task, 0, 's', :status, 'noop', 'run', '{}', '{}', 3, '{}')
            """)
        .param("task", task)
        .param("status", status)
        .update();
  }

  private static Set<String> declared(String machine) {
    return new TreeSet<>(
        SERVICE
            .jdbc
            .sql(
                "select from_status || ' > ' || to_status from task.%s_transition"
                    .formatted(machine))
            .query(String.class)
            .list());
  }

  private static <S extends Enum<S>> Set<String> pairs(Map<S, Set<S>> transitions) {
    var pairs = new TreeSet<String>();
    transitions.forEach((from, tos) -> tos.forEach(to -> pairs.add(wire(from) + " > " + wire(to))));
    return pairs;
  }

  private static String wire(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
