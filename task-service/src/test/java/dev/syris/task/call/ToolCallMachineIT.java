package dev.syris.task.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.tool.ToolCallStatus;
import dev.syris.task.support.Database;
import dev.syris.task.support.Requests;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;

@WithBackends
class ToolCallMachineIT {

  private static final TestDatabase TEST = TestBackends.freshDatabase().migrate();

  @Test
  void shouldHaveTheSameTransitionsInTheDatabaseAsInJava() {
    try (var database = new Database(TEST.as("syris_task"))) {
      // Given
      Set<String> java = new TreeSet<>();
      ToolCallTransitions.TRANSITIONS.forEach(
          (from, tos) -> tos.forEach(to -> java.add(from.wire() + " > " + to.wire())));
      // When
      List<String> sql =
          database
              .jdbc
              .sql("select from_status || ' > ' || to_status from task.tool_call_transition")
              .query(String.class)
              .list();
      // Then
      assertThat(sql).containsExactlyInAnyOrderElementsOf(java);
      assertThat(ToolCallTransitions.TRANSITIONS).containsOnlyKeys(ToolCallStatus.values());
    }
  }

  /** Every pair of states, by raw SQL as owner. */
  @Test
  void shouldRefuseEveryTransitionThatIsNotDeclared() {
    try (var owner = new Database(TEST.owner())) {
      var wrong = new ArrayList<String>();
      for (ToolCallStatus from : ToolCallStatus.values()) {
        for (ToolCallStatus to : ToolCallStatus.values()) {
          // Given
          ToolCallRequest request = insert(owner);
          force(owner, request, from);
          // When
          boolean taken = set(owner, request, to);
          // Then
          if (taken != ToolCallTransitions.TRANSITIONS.get(from).contains(to)) {
            wrong.add(from + " > " + to + (taken ? " was let through" : " was refused"));
          }
        }
      }
      assertThat(wrong).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(ToolCallStatus.class)
  void shouldStandWithItsStatusUnlessItSucceededOrIsAStepUnderWay(ToolCallStatus status) {
    try (var owner = new Database(TEST.owner())) {
      // Given
      ToolCallRequest alone = insert(owner);
      ToolCallRequest step = insert(owner);
      owner
          .jdbc
          .sql("update task.tool_call set step_id = 's' where tool_call_id = :id")
          .param("id", step.toolCallId().value())
          .update();
      // When
      force(owner, alone, status);
      force(owner, step, status);
      // Then
      boolean succeeded = status == ToolCallStatus.SUCCEEDED;
      assertThat(standing(owner, alone)).isEqualTo(succeeded ? null : status.wire());
      assertThat(standing(owner, step))
          .isEqualTo(succeeded || status == ToolCallStatus.STARTED ? null : status.wire());
    }
  }

  private static @Nullable String standing(Database owner, ToolCallRequest request) {
    return owner
        .jdbc
        .sql("select standing from task.tool_call where tool_call_id = :id")
        .param("id", request.toolCallId().value())
        .query((row, _) -> Optional.ofNullable(row.getString(1)))
        .single()
        .orElse(null);
  }

  @Test
  void shouldBeginAsReceivedOrStartedOnly() {
    try (var owner = new Database(TEST.owner())) {
      // When / Then
      assertThatThrownBy(
              () ->
                  owner
                      .jdbc
                      .sql(
                          """
                          insert into task.tool_call (tool_call_id, trace_id, tool, action, args, idempotency_key,
                            request_hash, requested_by_type, requested_by_id, granted_scopes, depth, requested_at,
                            created_at, status, ended_at)
                          values (gen_random_uuid(), gen_random_uuid(), 't', 'a', '{}', 'k', 'h', 'x', 'y', '[]', 0,
                            now(), now(), 'succeeded', now())
                          """)
                      .update())
          .isInstanceOf(DataIntegrityViolationException.class)
          .hasMessageContaining("begins as received or started, not as succeeded");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete from task.tool_call",
        "truncate task.tool_call",
        "update task.tool_call set args = '{}'",
        "update task.tool_call set idempotency_key = 'x'",
        "delete from task.reservation",
        "update task.reservation set tool_call_id = gen_random_uuid()",
        "insert into task.tool_call_transition values ('succeeded', 'received')",
        "update task.timer set due_at = now()",
        "delete from task.timer",
        "delete from task.late_answer",
        "alter table task.tool_call disable trigger all",
        "select * from ledger.flyway_schema_history"
      })
  void shouldGiveTheServiceNoMoreThanItNeeds(String sql) {
    try (var database = new Database(TEST.as("syris_task"))) {
      // When / Then
      assertThatThrownBy(() -> database.jdbc.sql(sql).update())
          .isInstanceOf(DataAccessException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api.tool_call",
        "api.tool",
        "api.system_health",
        "api.tool_call_count",
        "api.tool_call_backlog",
        "api.timer_pending",
        "api.task_outbox"
      })
  void shouldLetTheGatewayReadViewsAndNothingElse(String view) {
    try (var gateway = new Database(TEST.as("syris_gateway"))) {
      // When
      gateway.jdbc.sql("select * from " + view).query().listOfRows();
      // Then
      assertThatThrownBy(() -> gateway.count("select count(*) from task.tool_call"))
          .isInstanceOf(DataAccessException.class);
    }
  }

  private static ToolCallRequest insert(Database database) {
    ToolCallRequest request = Requests.noop("{}");
    var table = new CallTable(database.jdbc);
    database.transaction.executeWithoutResult(
        _ -> table.insert(List.of(ReceivedCall.of(request)), Instant.now()));
    return request;
  }

  private static void force(Database owner, ToolCallRequest request, ToolCallStatus status) {
    owner.transaction.executeWithoutResult(
        _ -> {
          owner
              .jdbc
              .sql("alter table task.tool_call disable trigger tr_tool_call_transition")
              .update();
          update(owner, request, status);
          owner
              .jdbc
              .sql("alter table task.tool_call enable trigger tr_tool_call_transition")
              .update();
        });
  }

  private static boolean set(Database owner, ToolCallRequest request, ToolCallStatus status) {
    try {
      update(owner, request, status);
      return true;
    } catch (DataIntegrityViolationException e) {
      assertThat(e).hasMessageContaining("can't go from");
      return false;
    }
  }

  private static void update(Database owner, ToolCallRequest request, ToolCallStatus status) {
    boolean ended =
        switch (status) {
          case SUCCEEDED, FAILED, PREVIEWED, BLOCKED, DENIED, EXPIRED, CANCELED -> true;
          case RECEIVED, WAITING, STARTED, UNKNOWN -> false;
        };
    owner
        .jdbc
        .sql(
            """
            update task.tool_call
               set status = :status, owner = '1', owner_epoch = 1, lease_until = now(), started_at = now(), attempt = 1,
                   read_only = false, idempotent = false, ended_at = case when :ended then now() end
             where tool_call_id = :id
            """)
        .param("status", status.wire())
        .param("ended", ended)
        .param("id", request.toolCallId().value())
        .update();
  }
}
