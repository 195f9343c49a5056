package dev.syris.task.support;

import com.zaxxer.hikari.HikariDataSource;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.ApprovalId;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.Topics;
import dev.syris.platform.outbox.OutboxRecord;
import dev.syris.platform.outbox.PackedRecords;
import dev.syris.platform.postgres.PostgresSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One role's way into a database of the tests. */
public final class Database implements AutoCloseable {

  private final HikariDataSource source;

  public final JdbcClient jdbc;
  public final TransactionTemplate transaction;

  public Database(PostgresSettings settings) {
    source = settings.dataSource("test");
    jdbc = JdbcClient.create(source);
    transaction = new TransactionTemplate(new JdbcTransactionManager(source));
  }

  public String status(ToolCallId call) {
    return jdbc.sql("select status from task.tool_call where tool_call_id = :id")
        .param("id", call.value())
        .query(String.class)
        .single();
  }

  /** What the outbox would publish to a topic, in order. */
  public List<OutboxRecord> said(String topic) {
    var all = new ArrayList<OutboxRecord>();
    jdbc.sql("select packed from task.outbox order by outbox_id")
        .query(byte[].class)
        .list()
        .forEach(packed -> all.addAll(PackedRecords.unpack(packed)));
    return all.stream().filter(words -> words.topic().equals(topic)).toList();
  }

  public List<AuditEvent> audits(ToolCallId call) {
    return audits()
        .filter(event -> call.toString().equals(event.refs().get("tool_call_id")))
        .toList();
  }

  /** The approval that is open for a call. */
  public ApprovalId openApproval(ToolCallId call) {
    return jdbc.sql(
            "select approval_id from task.approval where tool_call_id = :id and status in ('pending', 'approved')")
        .param("id", call.value())
        .query((row, _) -> new ApprovalId(row.getObject(1, UUID.class)))
        .single();
  }

  public String status(ApprovalId approval) {
    return jdbc.sql("select status from task.approval where approval_id = :id")
        .param("id", approval.value())
        .query(String.class)
        .single();
  }

  public List<AuditEvent> audits(String type) {
    return audits().filter(event -> event.type().equals(type)).toList();
  }

  private Stream<AuditEvent> audits() {
    return said(Topics.AUDIT_EVENT.name()).stream()
        .map(words -> Json.read(words.value(), AuditEvent.class));
  }

  public List<String> types(ToolCallId call) {
    return audits(call).stream().map(AuditEvent::type).toList();
  }

  public long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }

  @Override
  public void close() {
    source.close();
  }
}
