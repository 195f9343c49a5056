package dev.syris.task.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syris.contracts.approval.ApprovalStatus;
import dev.syris.task.support.Database;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;

/** The state machine of approvals in the database: the same as in Java, and closed. */
@WithBackends
class ApprovalMachineIT {

  private static final TestDatabase TEST = TestBackends.freshDatabase();

  @Test
  void shouldBeTheSameInJavaAndInSql() {
    try (var owner = new Database(TEST.owner())) {
      // Given
      List<String> java =
          Arrays.stream(ApprovalStatus.values())
              .flatMap(
                  from ->
                      Arrays.stream(ApprovalStatus.values())
                          .filter(to -> ApprovalTransitions.allows(from, to))
                          .map(to -> from.wire() + " > " + to.wire()))
              .toList();
      // When
      List<String> sql =
          owner
              .jdbc
              .sql("select from_status || ' > ' || to_status from task.approval_transition")
              .query(String.class)
              .list();
      // Then
      assertThat(sql).containsExactlyInAnyOrderElementsOf(java);
    }
  }

  /** Every pair of states, by raw SQL as owner. */
  @Test
  void shouldRefuseEveryTransitionThatIsNotDeclared() {
    try (var owner = new Database(TEST.owner())) {
      var wrong = new ArrayList<String>();
      for (ApprovalStatus from : ApprovalStatus.values()) {
        for (ApprovalStatus to : ApprovalStatus.values()) {
          // Given
          UUID approval = insert(owner);
          force(owner, approval, from);
          // When
          boolean taken = set(owner, approval, to);
          // Then
          if (taken != ApprovalTransitions.allows(from, to)) {
            wrong.add(from + " > " + to + (taken ? " was let through" : " was refused"));
          }
        }
      }
      assertThat(wrong).isEmpty();
    }
  }

  @Test
  void shouldBeginAsPendingOnlyAndOnceForACall() {
    try (var owner = new Database(TEST.owner())) {
      // Given
      UUID approval = insert(owner);
      String again =
          "insert into task.approval select (jsonb_populate_record(a, jsonb_build_object("
              + "'approval_id', gen_random_uuid(), 'status', '%s', 'decided_by_id', 'x', 'decided_at', now()))).*"
              + " from task.approval a where approval_id = :id";
      // When / Then
      assertThatThrownBy(
              () -> owner.jdbc.sql(again.formatted("approved")).param("id", approval).update())
          .isInstanceOf(DataIntegrityViolationException.class)
          .hasMessageContaining("begins as pending");
      assertThatThrownBy(
              () -> owner.jdbc.sql(again.formatted("pending")).param("id", approval).update())
          .isInstanceOf(DataIntegrityViolationException.class)
          .hasMessageContaining("uq_approval_open");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete from task.approval",
        "update task.approval set request_hash = 'x'",
        "update task.approval set expires_at = now() + interval '1 year'",
        "insert into task.approval_transition values ('denied', 'approved')",
        "delete from task.control_change",
        "delete from task.control",
        "alter table task.approval disable trigger all"
      })
  void shouldGiveTheServiceNoMoreThanItNeeds(String sql) {
    try (var service = new Database(TEST.as("syris_task"))) {
      assertThatThrownBy(() -> service.jdbc.sql(sql).update())
          .isInstanceOf(DataAccessException.class)
          .rootCause()
          .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }
  }

  private static UUID insert(Database owner) {
    UUID call = UUID.randomUUID();
    owner
        .jdbc
        .sql(
            """
            insert into task.tool_call (tool_call_id, trace_id, tool, action, args, idempotency_key, request_hash,
              requested_by_type, requested_by_id, granted_scopes, depth, requested_at, created_at)
            values (:id, gen_random_uuid(), 't', 'a', '{}', :id::text, 'h', 'x', 'y', '[]', 0, now(), now())
            """)
        .param("id", call)
        .update();
    return owner
        .jdbc
        .sql(
            """
            insert into task.approval (approval_id, tool_call_id, trace_id, created_at, expires_at, risk_level,
              risk_reasons, autonomy_level, gate_reasons, what_hash, request_hash, tool_version, policy_version, why,
              requested_by_type, requested_by_id)
            values (gen_random_uuid(), :call, gen_random_uuid(), now(), now(), 'low', '[]', 'A1', '[]', 'w', 'h', 'v',
              'p', 'because', 'token', 'x')
            returning approval_id
            """)
        .param("call", call)
        .query(UUID.class)
        .single();
  }

  private static void force(Database owner, UUID approval, ApprovalStatus status) {
    owner.jdbc.sql("alter table task.approval disable trigger user").update();
    write(owner, approval, status);
    owner.jdbc.sql("alter table task.approval enable trigger user").update();
  }

  private static boolean set(Database owner, UUID approval, ApprovalStatus status) {
    try {
      write(owner, approval, status);
      return true;
    } catch (DataIntegrityViolationException e) {
      assertThat(e).hasMessageContaining("can't go from");
      return false;
    }
  }

  private static void write(Database owner, UUID approval, ApprovalStatus status) {
    owner
        .jdbc
        .sql(
            """
            update task.approval
               set status = :status, decided_at = now(), decided_by_id = 'x', stale_because = 'x',
                   used_at = case when :status = 'used' then now() end
             where approval_id = :id
            """)
        .param("id", approval)
        .param("status", status.wire())
        .update();
  }
}
