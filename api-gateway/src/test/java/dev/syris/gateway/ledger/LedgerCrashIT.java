package dev.syris.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.topic.Topics;
import dev.syris.testkit.WithBackends;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The connection goes away at every word to the database in turn, before the word and after it. */
@WithBackends
class LedgerCrashIT {

  private final LedgerFixture ledger = new LedgerFixture();

  @AfterEach
  void close() throws Exception {
    ledger.close();
  }

  @Test
  void shouldKeepEachRecordOnceWhenEverythingFailsAtEveryStep() {
    // Given: the n-th word of the n-th batch fails, and then the n-th word of taking up again
    var script = new EachStepFails();
    ledger.start(ledger.parts(new ScriptedDataSource(ledger.ledger, script)));
    ledger.audits(1);
    ledger.awaitAudits(1);

    // When
    int said = 1;
    int rounds = 0;
    while (script.next()) {
      rounds++;
      ledger.send(Topics.EVENT, Samples.event(UUID.randomUUID(), UUID.randomUUID()));
      ledger.send(Topics.DEAD_LETTER, Samples.garbage());
      said += ledger.audits(3).size();
      ledger.awaitAudits(said);
    }

    // Then
    int each = rounds;
    long all = said;
    assertThat(script.failures).hasSizeGreaterThan(40).contains("before commit", "after commit");
    assertThat(ledger.auditIds()).doesNotHaveDuplicates();
    assertThat(ledger.count("ledger.audit_event")).isEqualTo(all);
    assertThat(ledger.verify().firstInvalid()).isNull();
    await()
        .atMost(LedgerFixture.SOON)
        .untilAsserted(
            () -> {
              assertThat(ledger.count("ledger.event")).isEqualTo(each);
              assertThat(ledger.count("ledger.dead_letter")).isEqualTo(each);
              assertThat(
                      ledger
                          .owner
                          .sql("select sum(audits) from ledger.trace")
                          .query(Long.class)
                          .single())
                  .isEqualTo(all);
            });
    assertThat(ledger.types()).doesNotContain("ledger.gap");
  }

  /**
   * Fails at two steps each round: one in a batch, and the same one after whatever follows the
   * first failure.
   */
  private static final class EachStepFails implements ScriptedDataSource.Script {
    private static final int STEPS = 48;

    final List<String> failures = new ArrayList<>();
    private int target = -1;
    private int failuresLeft;
    private int step;

    /** Arms the next round; false where there is none. */
    synchronized boolean next() {
      target++;
      failuresLeft = 2;
      step = 0;
      return target < STEPS;
    }

    @Override
    public synchronized void before(String name) throws SQLException {
      fail("before " + name);
    }

    @Override
    public synchronized void after(String name) throws SQLException {
      fail("after " + name);
    }

    private void fail(String where) throws SQLException {
      if (failuresLeft > 0 && step++ == target) {
        failuresLeft--;
        step = 0;
        failures.add(where);
        throw new SQLException("the connection is gone (test): " + where, "08006");
      }
    }
  }
}
