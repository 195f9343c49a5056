package dev.syris.task.approval;

import static dev.syris.platform.postgres.SqlArrays.column;

import dev.syris.contracts.approval.ApprovalStatus;
import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.id.ApprovalId;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.Requester;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of approvals. Every change belongs into a transaction that has the call locked. */
final class ApprovalTable {

  private static final String INSERT =
      """
      insert into task.approval (
        approval_id, tool_call_id, trace_id, event_id, task_id, step_id, created_at, expires_at, risk_level,
        risk_reasons, autonomy_level, gate_reasons, what_hash, request_hash, tool_version, policy_version, preview,
        preview_hash, why, requested_by_type, requested_by_id, replaces)
      select id::uuid, call::uuid, trace::uuid, event::uuid, task, step, :now, expires::timestamptz, risk,
             risk_reasons::json, level, gate_reasons::json, what_hash, request_hash, tool_version, policy_version,
             preview::json, preview_hash, why, by_type, by_id, replaces::uuid
        from unnest(:ids, :calls, :traces, :events, :tasks, :steps, :expires, :risks, :riskReasons, :levels,
                    :gateReasons, :whatHashes, :requestHashes, :toolVersions, :policyVersions, :previews,
                    :previewHashes, :whys, :byTypes, :byIds, :replaces)
             as new (id, call, trace, event, task, step, expires, risk, risk_reasons, level, gate_reasons, what_hash,
                     request_hash, tool_version, policy_version, preview, preview_hash, why, by_type, by_id, replaces)
      """;

  private static final String LOCK_GRANTED =
      """
      select * from task.approval
       where tool_call_id = any(:calls::uuid[]) and status = 'approved'
       order by tool_call_id
         for update
      """;

  private static final String FIND = "select * from task.approval where approval_id = :id";

  private static final String DECIDE =
      """
      update task.approval
         set status = :status, decided_at = :now, decided_by_type = :byType, decided_by_id = :byId,
             decision_reason = :reason, decision_channel = :channel
       where approval_id = :id
      """;

  private static final String USE =
      "update task.approval set status = 'used', used_at = :now where approval_id = any(:ids::uuid[])";

  private static final String GO_STALE =
      "update task.approval set status = 'stale', stale_because = :because where approval_id = :id";

  private static final String CANCEL =
      """
      update task.approval
         set status = case status when 'pending' then 'canceled' else 'stale' end,
             stale_because = case status when 'approved' then 'its call was canceled' end
       where tool_call_id = any(:calls::uuid[]) and status in ('pending', 'approved')
      """;

  private static final String DUE =
      """
      select approval_id from task.approval
       where status = 'pending' and expires_at <= :now order by expires_at limit :limit
      """;

  private static final String NEXT =
      "select min(expires_at) from task.approval where status = 'pending'";

  private static final String SHOW = "select body from api.approval where approval_id = :id";

  private final JdbcClient jdbc;

  ApprovalTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** An approval as its row is. */
  record Row(
      ApprovalId id,
      ToolCallId call,
      ApprovalStatus status,
      Granted terms,
      Requester requestedBy,
      Instant createdAt) {}

  void insert(List<NewApproval> asked, Instant now) {
    jdbc.sql(INSERT)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("ids", column(asked, NewApproval::id))
        .param("calls", column(asked, one -> one.request().toolCallId()))
        .param("traces", column(asked, one -> one.request().traceId()))
        .param("events", column(asked, one -> one.request().eventId()))
        .param("tasks", column(asked, one -> one.request().taskId()))
        .param("steps", column(asked, one -> one.request().stepId()))
        .param("expires", column(asked, NewApproval::expiresAt))
        .param("risks", column(asked, one -> one.risk().level().wire()))
        .param("riskReasons", column(asked, one -> json(one.risk().reasons())))
        .param("levels", column(asked, one -> one.gate().level()))
        .param("gateReasons", column(asked, one -> json(one.gate().reasons())))
        .param("whatHashes", column(asked, one -> WhatHash.of(one.request())))
        .param("requestHashes", column(asked, one -> one.terms().requestHash()))
        .param("toolVersions", column(asked, one -> one.terms().toolVersion()))
        .param("policyVersions", column(asked, one -> one.terms().policyVersion()))
        .param("previews", column(asked, NewApproval::preview))
        .param("previewHashes", column(asked, one -> one.terms().previewHash()))
        .param("whys", column(asked, NewApproval::why))
        .param("byTypes", column(asked, one -> one.requestedBy().type()))
        .param("byIds", column(asked, one -> one.requestedBy().id()))
        .param("replaces", column(asked, NewApproval::replaces))
        .update();
  }

  /** Those of these calls that are approved and not used yet, locked. */
  List<Row> lockGranted(Collection<ToolCallId> calls) {
    return jdbc.sql(LOCK_GRANTED)
        .param("calls", column(calls, call -> call))
        .query(ApprovalTable::row)
        .list();
  }

  Optional<Row> find(ApprovalId id) {
    return jdbc.sql(FIND).param("id", id.value()).query(ApprovalTable::row).optional();
  }

  Optional<Row> lock(ApprovalId id) {
    return jdbc.sql(FIND + " for update")
        .param("id", id.value())
        .query(ApprovalTable::row)
        .optional();
  }

  void decide(ApprovalId id, ApprovalStatus status, Answer answer, AuditActor by, Instant now) {
    jdbc.sql(DECIDE)
        .param("id", id.value())
        .param("status", status.wire())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("byType", by.type())
        .param("byId", by.id())
        .param("reason", answer.reason())
        .param("channel", answer.channel())
        .update();
  }

  void use(Collection<ApprovalId> ids, Instant now) {
    jdbc.sql(USE)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("ids", column(ids, id -> id))
        .update();
  }

  void goStale(ApprovalId id, String because) {
    jdbc.sql(GO_STALE).param("id", id.value()).param("because", because).update();
  }

  void cancel(Collection<ToolCallId> calls) {
    jdbc.sql(CANCEL).param("calls", column(calls, call -> call)).update();
  }

  List<ApprovalId> due(Instant now, int limit) {
    return jdbc.sql(DUE)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("limit", limit)
        .query((row, _) -> new ApprovalId(row.getObject(1, UUID.class)))
        .list();
  }

  Optional<Instant> nextExpiry() {
    return jdbc.sql(NEXT)
        .query((row, _) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
        .single()
        .map(OffsetDateTime::toInstant);
  }

  /** The Approval of the contracts, as JSON in UTF-8. */
  Optional<byte[]> show(ApprovalId id) {
    return jdbc.sql(SHOW)
        .param("id", id.value())
        .query(String.class)
        .optional()
        .map(body -> body.getBytes(StandardCharsets.UTF_8));
  }

  private static Row row(ResultSet row, int number) throws SQLException {
    var id = new ApprovalId(uuid(row, "approval_id"));
    return new Row(
        id,
        new ToolCallId(uuid(row, "tool_call_id")),
        ApprovalStatus.valueOf(text(row, "status").toUpperCase(Locale.ROOT)),
        new Granted(
            id,
            text(row, "request_hash"),
            text(row, "tool_version"),
            text(row, "policy_version"),
            row.getString("preview_hash"),
            instant(row, "expires_at")),
        new Requester(text(row, "requested_by_type"), text(row, "requested_by_id")),
        instant(row, "created_at"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class)).toInstant();
  }

  private static UUID uuid(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getObject(column, UUID.class));
  }

  private static String text(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getString(column));
  }

  private static @Nullable Object json(Object value) {
    return Json.mapper().writeValueAsString(value);
  }
}
