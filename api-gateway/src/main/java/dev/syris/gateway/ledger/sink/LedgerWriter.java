package dev.syris.gateway.ledger.sink;

import dev.syris.gateway.ledger.artifact.DeadLetter;
import dev.syris.gateway.ledger.chain.AuditRecord;
import dev.syris.gateway.ledger.chain.Chain;
import dev.syris.gateway.ledger.chain.ChainHead;
import dev.syris.gateway.ledger.records.DecisionRow;
import dev.syris.gateway.ledger.records.EventRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes rows and moves positions in one transaction: both or neither, whenever the process or the
 * database dies.
 *
 * <p>The head of the chain is locked first, so there is one writer at a time and two never wait for
 * each other in a ring. A writer that finds the head or a position elsewhere than where it left it
 * is fenced. Commits don't wait for the disk ({@code synchronous_commit} is off for this role's
 * connections): a database that crashes forgets rows and position together, and both come again
 * from the topic. What comes from no topic is written through.
 */
final class LedgerWriter {

  private static final String WRITE_THROUGH = "set local synchronous_commit = on";

  private final TransactionTemplate transactions;
  private final JdbcClient jdbc;
  private final LedgerTables tables;

  LedgerWriter(TransactionTemplate transactions, JdbcClient jdbc, LedgerTables tables) {
    this.transactions = transactions;
    this.jdbc = jdbc;
    this.tables = tables;
  }

  /**
   * What a transaction did.
   *
   * @param head of the chain after it
   * @param repeats records that were already there
   */
  record Written(
      ChainHead head, int audits, int events, int decisions, int deadLetters, int repeats) {

    int rows() {
      return audits + events + decisions + deadLetters;
    }
  }

  /**
   * @param head where the chain was left
   * @throws FencedException where another writer has gone on; nothing is written
   */
  Written write(Batch batch, ChainHead head) {
    return Objects.requireNonNull(
        transactions.execute(
            _ -> {
              lock(head);
              if (!tables.positions().move(batch.moves().values())) {
                throw new FencedException("the positions have moved without us");
              }
              return insert(batch, head);
            }));
  }

  /**
   * Takes up reading as planned; what was lost goes into the trail in the same transaction.
   *
   * @throws FencedException where another writer was quicker; nothing is written
   */
  ChainHead begin(List<Start> starts, ChainHead head, Instant at) {
    return Objects.requireNonNull(
        transactions.execute(
            _ -> {
              lock(head);
              jdbc.sql(WRITE_THROUGH).update();
              var audits = new ArrayList<AuditRecord>();
              for (Start start : starts) {
                audits.addAll(take(start, head, at));
              }
              return append(audits, List.of(), head).head();
            }));
  }

  private void lock(ChainHead head) {
    ChainHead found = tables.chain().lockHead();
    if (!found.equals(head)) {
      throw new FencedException(
          "the chain stands at %d, we left it at %d".formatted(found.sequence(), head.sequence()));
    }
  }

  private List<AuditRecord> take(Start start, ChainHead head, Instant at) {
    return switch (start) {
      case Start.Continued _ -> List.of();
      case Start.First(Position position) -> {
        if (!tables.positions().create(position)) {
          throw new FencedException("another ledger began to read " + position.partition());
        }
        yield List.of();
      }
      case Start.AfterGap(Gap gap) -> {
        tables.positions().create(gap.before());
        if (!tables.positions().reset(gap.before(), gap.after())) {
          throw new FencedException("another ledger told of the gap in " + gap.after().partition());
        }
        UUID gapId = GapAudit.id(gap, head.sequence());
        tables.gaps().insert(gapId, gap, at);
        yield List.of(GapAudit.of(gap, gapId, at));
      }
    };
  }

  private Written insert(Batch batch, ChainHead head) {
    var events = tables.events().unknown(batch.only(Entry.OfEvent.class, Entry.OfEvent::event));
    tables.events().insert(events);
    var decisions =
        tables.decisions().unknown(batch.only(Entry.OfDecision.class, Entry.OfDecision::decision));
    tables.decisions().insert(decisions);
    var letters =
        tables
            .deadLetters()
            .unknown(batch.only(Entry.OfDeadLetter.class, Entry.OfDeadLetter::letter));
    tables.deadLetters().insert(letters);
    Chain.Appended audits =
        append(batch.only(Entry.OfAudit.class, Entry.OfAudit::audit), events, head);
    return written(batch, audits, events, decisions, letters);
  }

  private Chain.Appended append(List<AuditRecord> records, List<EventRow> events, ChainHead head) {
    Chain.Appended appended = Chain.append(head, tables.audits().unknown(records));
    tables.audits().insert(appended.rows());
    tables.traces().add(appended.rows(), events);
    tables.ruleStats().add(appended.rows());
    if (!appended.rows().isEmpty() && !tables.chain().moveHead(head, appended.head())) {
      throw new IllegalStateException("the head of the chain moved while it was locked");
    }
    return appended;
  }

  private static Written written(
      Batch batch,
      Chain.Appended audits,
      List<EventRow> events,
      List<DecisionRow> decisions,
      List<DeadLetter> letters) {
    int rows = audits.rows().size() + events.size() + decisions.size() + letters.size();
    return new Written(
        audits.head(),
        audits.rows().size(),
        events.size(),
        decisions.size(),
        letters.size(),
        batch.items().size() - rows);
  }
}
