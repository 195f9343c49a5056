package dev.syris.gateway.ledger.sink;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The gaps there were. */
final class GapTable {

  private static final String INSERT =
      """
      insert into ledger.gap (gap_id, at, topic, partition, kind, expected_offset, resumed_offset)
      values (:id, :at, :topic, :partition, :kind, :expected, :resumed)
      """;

  private static final String LATEST = "select max(at) from ledger.gap";

  private final JdbcClient jdbc;

  GapTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(UUID id, Gap gap, Instant at) {
    jdbc.sql(INSERT)
        .param("id", id)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .param("topic", gap.after().partition().topic())
        .param("partition", gap.after().partition().partition())
        .param("kind", gap.kind().wire())
        .param("expected", gap.before().nextOffset())
        .param("resumed", gap.after().nextOffset())
        .update();
  }

  Optional<Instant> latest() {
    return jdbc.sql(LATEST).query(OffsetDateTime.class).optional().map(OffsetDateTime::toInstant);
  }
}
