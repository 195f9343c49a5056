package dev.syris.gateway.ledger.sink;

import dev.syris.gateway.ledger.artifact.DeadLetterTable;
import dev.syris.gateway.ledger.bulk.BulkInsert;
import dev.syris.gateway.ledger.bulk.KnownIds;
import dev.syris.gateway.ledger.chain.AuditTable;
import dev.syris.gateway.ledger.chain.ChainTable;
import dev.syris.gateway.ledger.records.DecisionTable;
import dev.syris.gateway.ledger.records.EventTable;
import dev.syris.gateway.ledger.records.RuleStatTable;
import dev.syris.gateway.ledger.records.TraceTable;
import dev.syris.gateway.ledger.segment.SegmentSettings;
import dev.syris.gateway.ledger.segment.Segments;
import dev.syris.platform.kafka.KafkaSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a sink is made of; outlives its sessions. */
public record LedgerParts(
    LedgerTables tables,
    LedgerWriter writer,
    Segments segments,
    LedgerCommits commits,
    LedgerLag lag,
    LedgerMeters meters,
    LedgerStatus status,
    InstantSource clock) {

  /**
   * @param ledger connections of the ledger's role
   */
  public static LedgerParts of(
      DataSource ledger,
      DeadLetterTable deadLetters,
      SegmentSettings segments,
      MeterRegistry meters,
      InstantSource clock) {
    var template = new JdbcTemplate(ledger);
    JdbcClient jdbc = JdbcClient.create(template);
    var transactions = new TransactionTemplate(new JdbcTransactionManager(ledger));
    LedgerTables tables = tables(jdbc, new BulkInsert(template), deadLetters);
    var lag = new LedgerLag();
    return new LedgerParts(
        tables,
        new LedgerWriter(transactions, jdbc, tables),
        new Segments(jdbc, segments, clock),
        new LedgerCommits(),
        lag,
        new LedgerMeters(meters, lag, clock),
        new LedgerStatus(clock),
        clock);
  }

  private static LedgerTables tables(
      JdbcClient jdbc, BulkInsert bulk, DeadLetterTable deadLetters) {
    var known = new KnownIds(jdbc);
    return new LedgerTables(
        new ChainTable(jdbc),
        new AuditTable(bulk, known),
        new EventTable(bulk, known),
        new DecisionTable(bulk, known),
        new TraceTable(jdbc),
        new RuleStatTable(jdbc),
        deadLetters,
        new PositionTable(jdbc),
        new GapTable(jdbc));
  }

  public LedgerSink sink(KafkaSettings kafka) {
    return new LedgerSink(kafka, this);
  }

  public LedgerProbe probe() {
    return new LedgerProbe(status, lag, commits, clock);
  }
}
