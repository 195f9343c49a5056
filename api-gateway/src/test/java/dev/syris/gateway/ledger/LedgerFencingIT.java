package dev.syris.gateway.ledger;

import static dev.syris.gateway.ledger.LedgerFixture.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.testkit.WithBackends;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@WithBackends
class LedgerFencingIT {

  private final LedgerFixture ledger = new LedgerFixture();

  @AfterEach
  void close() throws Exception {
    ledger.close();
  }

  @Test
  void shouldKeepEachRecordOnceWhenTwoSinksRunAtOnce() {
    // Given
    ledger.start();
    ledger.start();

    // When
    var said = new ArrayList<UUID>();
    for (int round = 0; round < 40; round++) {
      said.addAll(ledger.audits(25));
      ledger.awaitAudits(said.size());
    }

    // Then
    assertThat(ledger.auditIds()).isEqualTo(said);
    assertThat(ledger.verify().valid()).isTrue();
    assertThat(ledger.meters.counter("syris.ledger.fenced").count()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"connect", "executeQuery", "executeUpdate", "commit"})
  void shouldKeepEachRecordOnceWhenASinkFreezesInTheMiddleAndThaws(String where) {
    // Given: a sink that freezes when it wants to write
    var freezer = new Freezer(where);
    var frozen = ledger.connections(Duration.ofSeconds(1));
    ledger.start(ledger.parts(new ScriptedDataSource(frozen, freezer)));
    List<UUID> said = new ArrayList<>(ledger.audits(10));
    ledger.awaitAudits(10);
    freezer.armed = true;
    said.addAll(ledger.audits(10));
    await().atMost(SOON).until(() -> freezer.reached.getCount() == 0);

    // When: another takes over, and the first thaws
    ledger.start();
    said.addAll(ledger.audits(10));
    ledger.awaitAudits(30);
    freezer.thaw.countDown();
    said.addAll(ledger.audits(10));
    ledger.awaitAudits(40);

    // Then
    assertThat(ledger.auditIds()).isEqualTo(said);
    assertThat(ledger.verify().firstInvalid()).isNull();
    assertThat(ledger.types()).doesNotContain("ledger.gap");
  }

  /** Stops the thread once, as SIGSTOP would. */
  private static final class Freezer implements ScriptedDataSource.Script {
    final CountDownLatch reached = new CountDownLatch(1);
    final CountDownLatch thaw = new CountDownLatch(1);
    volatile boolean armed;
    private final String where;

    Freezer(String where) {
      this.where = where;
    }

    @Override
    public void before(String step) throws SQLException {
      if (armed && step.equals(where) && reached.getCount() > 0) {
        reached.countDown();
        try {
          thaw.await();
        } catch (InterruptedException e) {
          throw new SQLException(e);
        }
      }
    }

    @Override
    public void after(String step) {}
  }
}
