package dev.syris.task.call;

import static dev.syris.platform.postgres.SqlArrays.column;

import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ToolCallStatus;
import dev.syris.task.instance.Owner;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of tool calls. Every method belongs into a transaction; every batch is one statement. */
final class CallTable {

  private static final String INSERT =
      """
      insert into task.tool_call (
        tool_call_id, trace_id, event_id, task_id, step_id, tool, action, args, idempotency_key, request_hash,
        requested_by_type, requested_by_id, granted_scopes, depth, requested_at, created_at)
      select id::uuid, trace_id::uuid, event_id::uuid, task_id, step_id, tool, action, args::json, key, hash,
             by_type, by_id, scopes::json, depth::int, requested_at::timestamptz, :now
        from unnest(:ids, :traces, :events, :tasks, :steps, :tools, :actions, :args, :keys, :hashes,
                    :byTypes, :byIds, :scopes, :depths, :requestedAts)
             with ordinality as request (id, trace_id, event_id, task_id, step_id, tool, action, args, key, hash,
                                         by_type, by_id, scopes, depth, requested_at, place)
       order by place
      on conflict (tool_call_id) do nothing
      """;

  private static final String INSERT_STARTED =
      """
      insert into task.tool_call (
        tool_call_id, trace_id, event_id, task_id, step_id, tool, action, args, idempotency_key, request_hash,
        requested_by_type, requested_by_id, granted_scopes, depth, requested_at, created_at, timeout_ms,
        status, attempt, owner, owner_epoch, started_at, lease_until,
        risk_level, autonomy_level, tool_version, read_only, idempotent)
      select id::uuid, trace_id::uuid, event_id::uuid, task_id, step_id, tool, action, args::json, key, hash,
             by_type, by_id, scopes::json, depth::int, requested_at::timestamptz, :now, timeout::bigint,
             'started', 1, :owner, :epoch, :now, now() + make_interval(secs => lease::double precision),
             risk, autonomy, version, read_only::boolean, idempotent::boolean
        from unnest(:ids, :traces, :events, :tasks, :steps, :tools, :actions, :args, :keys, :hashes,
                    :byTypes, :byIds, :scopes, :depths, :requestedAts,
                    :timeouts, :leases, :risks, :autonomies, :versions, :readOnlys, :idempotents)
             with ordinality as request (id, trace_id, event_id, task_id, step_id, tool, action, args, key, hash,
                                         by_type, by_id, scopes, depth, requested_at,
                                         timeout, lease, risk, autonomy, version, read_only, idempotent, place)
       where exists (select from task.system_health where instance = :owner and epoch = :epoch)
       order by place
      """;

  private static final String LOCK_RECEIVED =
      """
      select call.*,
             holder.tool_call_id as holder_id, reservation.request_hash as holder_hash,
             holder.status as holder_status, holder.output as holder_output
        from task.tool_call call
        left join task.reservation
          on reservation.idempotency_key = call.idempotency_key and reservation.tool_call_id <> call.tool_call_id
        left join task.tool_call holder on holder.tool_call_id = reservation.tool_call_id
       where call.queued is not null
       order by call.queued
       limit :limit
         for update of call skip locked
      """;

  private static final String RESERVE =
      """
      insert into task.reservation (idempotency_key, request_hash, tool_call_id, reserved_at)
      select key, hash, id::uuid, :now from unnest(:keys, :hashes, :ids) as wanted (key, hash, id)
      on conflict (idempotency_key) do nothing
      returning idempotency_key
      """;

  /** A key is good for every attempt at the same request, and for no other request. */
  private static final String RESERVE_AGAIN =
      """
      with wanted as (
        select key, hash, id::uuid as id from unnest(:keys, :hashes, :ids) as wanted (key, hash, id)
      ), fresh as (
        insert into task.reservation (idempotency_key, request_hash, tool_call_id, reserved_at)
        select key, hash, id, :now from wanted
        on conflict (idempotency_key) do nothing
        returning idempotency_key
      )
      select idempotency_key from fresh
       union
      select held.idempotency_key
        from wanted join task.reservation held on held.idempotency_key = wanted.key and held.request_hash = wanted.hash
      """;

  private static final String START =
      """
      update task.tool_call call
         set status = 'started', attempt = start.attempt::int, owner = :owner, owner_epoch = :epoch, started_at = :now,
             lease_until = now() + make_interval(secs => start.lease::double precision),
             risk_level = coalesce(start.risk, call.risk_level),
             autonomy_level = coalesce(start.autonomy, call.autonomy_level), tool_version = start.version,
             read_only = start.read_only::boolean, idempotent = start.idempotent::boolean
        from unnest(:ids, :attempts, :leases, :risks, :autonomies, :versions, :readOnlys, :idempotents)
             as start (id, attempt, lease, risk, autonomy, version, read_only, idempotent)
       where call.tool_call_id = start.id::uuid
         and exists (select from task.system_health where instance = :owner and epoch = :epoch)
      """;

  private static final String SETTLE =
      """
      update task.tool_call call
         set status = settled.status, output = settled.output::json, error = settled.error::json,
             ended_at = case when settled.status = 'unknown' then null else :now::timestamptz end
        from unnest(:ids, :statuses, :outputs, :errors) as settled (id, status, output, error)
       where call.tool_call_id = settled.id::uuid
         and exists (select from task.system_health where instance = :owner and epoch = :epoch)
      """;

  private static final String REFUSE =
      """
      update task.tool_call call
         set status = refused.status, output = refused.output::json, error = refused.error::json,
             risk_level = refused.risk, autonomy_level = refused.autonomy, ended_at = :now
        from unnest(:ids, :statuses, :outputs, :errors, :risks, :autonomies)
             as refused (id, status, output, error, risk, autonomy)
       where call.tool_call_id = refused.id::uuid
      """;

  private static final String ASK =
      """
      update task.tool_call call
         set status = 'waiting', approval_id = asked.approval, risk_level = asked.risk, autonomy_level = asked.autonomy,
             tool_version = asked.version
        from unnest(:ids, :approvals, :risks, :autonomies, :versions) as asked (id, approval, risk, autonomy, version)
       where call.tool_call_id = asked.id::uuid
      """;

  private static final String CANCEL =
      """
      update task.tool_call set status = 'canceled', ended_at = :now
       where tool_call_id = :id and status in ('received', 'waiting')
      """;

  private static final String LOCK_ENDING =
      """
      select tool_call_id, status, owner, owner_epoch, attempt,
             (select epoch from task.system_health where instance = :owner) as current_epoch
        from task.tool_call
       where tool_call_id = any(:ids::uuid[])
       order by tool_call_id
         for update
      """;

  private static final String KEEP_LATE =
      """
      insert into task.late_answer (tool_call_id, attempt, owner, owner_epoch, answered_at, answer)
      select id::uuid, attempt::int, :owner, :epoch, :now, answer::json
        from unnest(:ids, :attempts, :answers) as late (id, attempt, answer)
      on conflict (tool_call_id, attempt) do nothing
      """;

  /**
   * What a former self left, at once; what another left, when its lease is over; never what is
   * under way here.
   */
  private static final String LOCK_ORPHANS =
      """
      select call.*, (owner = :owner and owner_epoch = :epoch) as never_sent
        from task.tool_call call
       where leased_until is not null
         and (case when owner <> :owner then lease_until < now()
                   when owner_epoch = :epoch then not (tool_call_id = any(:here::uuid[]))
                   else owner_epoch < :epoch end)
         and exists (select from task.system_health where instance = :owner and epoch = :epoch)
       order by arrival
       limit :limit
         for update skip locked
      """;

  private static final String LOCK_ORPHANS_OF_TASKS =
      """
      select call.*, (owner = :owner and owner_epoch = :epoch) as never_sent
        from task.tool_call call
       where status = 'started'
         and tool_call_id = any(array(
               select step.tool_call_id from task.step
                where step.task_id = any(:tasks::uuid[]) and step.status = 'running'))
       order by arrival
         for update
      """;

  private final JdbcClient jdbc;

  CallTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds what is not there yet, in order. */
  void insert(List<ReceivedCall> calls, Instant now) {
    requests(jdbc.sql(INSERT), calls, now).update();
  }

  /** A call that is received and started at once. */
  record FreshStart(ReceivedCall call, Start start, @Nullable Long timeoutMs) {}

  /** Adds calls as started; false where this instance is no longer the one with its name. */
  boolean insertStarted(List<FreshStart> fresh, Owner owner, Instant now) {
    List<ReceivedCall> calls = fresh.stream().map(FreshStart::call).toList();
    int inserted =
        requests(jdbc.sql(INSERT_STARTED), calls, now)
            .param("owner", owner.instance())
            .param("epoch", owner.epoch())
            .param("timeouts", column(fresh, FreshStart::timeoutMs))
            .param("leases", column(fresh, one -> seconds(one.start())))
            .param("risks", column(fresh, one -> one.start().risk()))
            .param("autonomies", column(fresh, one -> one.start().autonomy()))
            .param("versions", column(fresh, one -> one.start().version()))
            .param("readOnlys", column(fresh, one -> one.start().readOnly()))
            .param("idempotents", column(fresh, one -> one.start().idempotent()))
            .update();
    return inserted == fresh.size();
  }

  private static JdbcClient.StatementSpec requests(
      JdbcClient.StatementSpec sql, List<ReceivedCall> calls, Instant now) {
    return sql.param("now", now.atOffset(ZoneOffset.UTC))
        .param("ids", column(calls, call -> call.request().toolCallId()))
        .param("traces", column(calls, call -> call.request().traceId()))
        .param("events", column(calls, call -> call.request().eventId()))
        .param("tasks", column(calls, call -> call.request().taskId()))
        .param("steps", column(calls, call -> call.request().stepId()))
        .param("tools", column(calls, call -> call.request().tool()))
        .param("actions", column(calls, call -> call.request().action()))
        .param("args", column(calls, call -> call.request().args()))
        .param("keys", column(calls, call -> call.request().idempotencyKey()))
        .param("hashes", column(calls, ReceivedCall::requestHash))
        .param("byTypes", column(calls, call -> call.request().requestedBy().type()))
        .param("byIds", column(calls, call -> call.request().requestedBy().id()))
        .param("scopes", column(calls, call -> json(call.request().grantedScopes())))
        .param("depths", column(calls, call -> call.request().depth()))
        .param("requestedAts", column(calls, call -> call.request().requestedAt()));
  }

  /** The oldest received ones nobody else has, with whoever holds their key. */
  List<PendingCall> lockReceived(int limit) {
    return jdbc.sql(LOCK_RECEIVED).param("limit", limit).query(CallRows::pending).list();
  }

  /** Takes idempotency keys; the answer has those that were free. */
  Set<String> reserve(Collection<PendingCall> calls, Instant now) {
    return reserve(RESERVE, calls, now);
  }

  /** Takes keys, or finds them taken by an earlier attempt at the same; the answer has those. */
  Set<String> reserveAgain(Collection<PendingCall> calls, Instant now) {
    return reserve(RESERVE_AGAIN, calls, now);
  }

  private Set<String> reserve(String sql, Collection<PendingCall> calls, Instant now) {
    return new HashSet<>(
        jdbc.sql(sql)
            .param("now", now.atOffset(ZoneOffset.UTC))
            .param("keys", column(calls, call -> call.request().idempotencyKey()))
            .param("hashes", column(calls, PendingCall::requestHash))
            .param("ids", column(calls, call -> call.request().toolCallId()))
            .query(String.class)
            .list());
  }

  /** Writes {@code STARTED}; false where this instance is no longer the one with its name. */
  boolean start(Collection<Start> starts, Owner owner, Instant now) {
    int updated =
        jdbc.sql(START)
            .param("owner", owner.instance())
            .param("epoch", owner.epoch())
            .param("now", now.atOffset(ZoneOffset.UTC))
            .param("ids", column(starts, Start::id))
            .param("attempts", column(starts, Start::attempt))
            .param("leases", column(starts, CallTable::seconds))
            .param("risks", column(starts, Start::risk))
            .param("autonomies", column(starts, Start::autonomy))
            .param("versions", column(starts, Start::version))
            .param("readOnlys", column(starts, Start::readOnly))
            .param("idempotents", column(starts, Start::idempotent))
            .update();
    return updated == starts.size();
  }

  /** Writes outcomes; false where this instance is no longer the one with its name. */
  boolean settle(Collection<Settled> settled, Owner owner, Instant now) {
    int updated =
        jdbc.sql(SETTLE)
            .param("owner", owner.instance())
            .param("epoch", owner.epoch())
            .param("now", now.atOffset(ZoneOffset.UTC))
            .param("ids", column(settled, Settled::id))
            .param("statuses", column(settled, one -> one.status().wire()))
            .param("outputs", column(settled, Settled::output))
            .param("errors", column(settled, one -> one.error() == null ? null : json(one.error())))
            .update();
    return updated == settled.size();
  }

  /** Writes what is not made. */
  void refuse(Collection<Refused> refused, Instant now) {
    jdbc.sql(REFUSE)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("ids", column(refused, Refused::id))
        .param("statuses", column(refused, one -> one.status().wire()))
        .param("outputs", column(refused, Refused::output))
        .param("errors", column(refused, one -> one.error() == null ? null : json(one.error())))
        .param("risks", column(refused, one -> one.findings().riskLevel()))
        .param("autonomies", column(refused, one -> one.findings().level()))
        .update();
  }

  /** Writes what somebody is asked about. */
  void ask(Collection<Asked> asked) {
    jdbc.sql(ASK)
        .param("ids", column(asked, Asked::id))
        .param("approvals", column(asked, Asked::approval))
        .param("risks", column(asked, one -> one.findings().riskLevel()))
        .param("autonomies", column(asked, one -> one.findings().level()))
        .param("versions", column(asked, Asked::toolVersion))
        .update();
  }

  /** Ends a call that was not started yet; false where it was. */
  boolean cancel(ToolCallId call, Instant now) {
    return jdbc.sql(CANCEL)
            .param("id", call.value())
            .param("now", now.atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  /** Rows of attempts that ended, locked in one order, whatever has become of them. */
  List<Held> lockEnding(Collection<StartedCall> calls, Owner owner) {
    return jdbc.sql(LOCK_ENDING)
        .param("owner", owner.instance())
        .param("ids", column(calls, call -> call.request().toolCallId()))
        .query(CallRows::held)
        .list();
  }

  void keepLate(Collection<Late> answers, Owner owner, Instant now) {
    jdbc.sql(KEEP_LATE)
        .param("owner", owner.instance())
        .param("epoch", owner.epoch())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("ids", column(answers, late -> late.call().request().toolCallId()))
        .param("attempts", column(answers, late -> late.call().attempt()))
        .param("answers", column(answers, Late::answer))
        .update();
  }

  List<Orphan> lockOrphans(Owner owner, Collection<String> here, int limit) {
    return jdbc.sql(LOCK_ORPHANS)
        .param("owner", owner.instance())
        .param("epoch", owner.epoch())
        .param("here", here.toArray(String[]::new))
        .param("limit", limit)
        .query(CallRows::orphan)
        .list();
  }

  /** Calls of these tasks that somebody started and did not end; the tasks are locked. */
  List<Orphan> lockOrphans(Owner owner, Collection<String> tasks) {
    return jdbc.sql(LOCK_ORPHANS_OF_TASKS)
        .param("owner", owner.instance())
        .param("epoch", owner.epoch())
        .param("tasks", tasks.toArray(String[]::new))
        .query(CallRows::orphan)
        .list();
  }

  private static Object seconds(Start start) {
    return start.lease().toMillis() / 1000.0;
  }

  private static String json(Object value) {
    return Json.mapper().writeValueAsString(value);
  }

  static ToolCallStatus status(String wire) {
    return ToolCallStatus.valueOf(wire.toUpperCase(Locale.ROOT));
  }
}
