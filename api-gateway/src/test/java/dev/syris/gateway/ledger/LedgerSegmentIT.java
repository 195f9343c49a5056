package dev.syris.gateway.ledger;

import static dev.syris.gateway.ledger.LedgerFixture.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.gateway.ledger.chain.Verification;
import dev.syris.gateway.ledger.segment.SegmentSettings;
import dev.syris.gateway.ledger.segment.Segments;
import dev.syris.testkit.WithBackends;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@WithBackends
class LedgerSegmentIT {

  private static final Duration YEAR = Duration.ofDays(365);

  private final LedgerFixture ledger = new LedgerFixture();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final InstantSource clock = now::get;

  @AfterEach
  void close() throws Exception {
    ledger.close();
  }

  @Test
  void shouldSealSegmentsInOrderWhileRowsGoOnComing() {
    // Given
    ledger.segments = new SegmentSettings(20, YEAR, YEAR);
    ledger.start();

    // When
    for (int round = 1; round <= 6; round++) {
      ledger.audits(15);
      ledger.awaitAudits(15 * round);
    }
    ledger.audits(1);

    // Then
    await().atMost(SOON).until(() -> sealed() >= 3);
    ledger.awaitAudits(91);
    Verification found = ledger.verify();
    assertThat(found.firstInvalid()).isNull();
    assertThat(found.rows()).isEqualTo(91);
    assertThat(
            ledger
                .owner
                .sql(
                    """
                    select count(*) from ledger.segment a join ledger.segment b on b.segment_id = a.segment_id + 1
                     where a.last_sequence + 1 = b.first_sequence and a.last_hash = b.first_previous_hash
                       and a.row_count = a.last_sequence - a.first_sequence + 1
                    """)
                .query(Long.class)
                .single())
        .isEqualTo(sealed());
  }

  @Test
  void shouldSealAnOldSegmentButNeverAnEmptyOne() {
    // Given
    ledger.start();
    ledger.audits(5);
    ledger.awaitAudits(5);
    Segments segments = segments(new SegmentSettings(1_000, Duration.ofDays(30), YEAR));

    // When
    segments.maintain(5);
    long young = sealed();
    now.set(now.get().plus(Duration.ofDays(31)));
    segments.maintain(5);
    now.set(now.get().plus(Duration.ofDays(31)));
    segments.maintain(5);

    // Then
    assertThat(young).isZero();
    assertThat(sealed()).isEqualTo(1);
    assertThat(ledger.verify().valid()).isTrue();
  }

  @Test
  void shouldVerifyFromTheSealWhenTheOldestSegmentWasDropped() {
    // Given: two sealed segments, of which the first is past its time
    fillTwoSegments();
    ledger
        .owner
        .sql(
            "update ledger.segment set latest_at = now() - interval '2 years' where segment_id = 1")
        .update();

    // When
    segments(new SegmentSettings(1_000, YEAR, YEAR)).maintain(20);

    // Then
    assertThat(dropped()).isEqualTo(1);
    assertThat(ledger.count("ledger.audit_event")).isEqualTo(10);
    assertThat(ledger.count("ledger.audit_key")).isEqualTo(10);
    Verification found = ledger.verify();
    assertThat(found.firstInvalid()).isNull();
    assertThat(found.rows()).isEqualTo(10);
    assertThat(found.head().sequence()).isEqualTo(20);
  }

  @Test
  void shouldNeverDropWhatIsYoungOrOpenWhateverTheCallerAsksFor() {
    // Given
    fillTwoSegments();
    JdbcClient jdbc = JdbcClient.create(ledger.ledger);
    ledger
        .owner
        .sql(
            "update ledger.segment set latest_at = now() - interval '59 days' where segment_id = 1")
        .update();

    // When
    jdbc.sql("select ledger.drop_oldest_segment(interval '0')").query(Long.class).optional();
    jdbc.sql("select ledger.drop_oldest_segment(interval '-100 years')")
        .query(Long.class)
        .optional();

    // Then
    assertThat(dropped()).isZero();

    // And when: all that is sealed is old, only that goes
    ledger
        .owner
        .sql(
            "update ledger.segment set latest_at = now() - interval '61 days' where sealed_at is not null")
        .update();
    for (int i = 0; i < 4; i++) {
      jdbc.sql("select ledger.drop_oldest_segment(interval '0')").query(Long.class).optional();
    }
    assertThat(dropped()).isEqualTo(2);
    assertThat(ledger.verify().firstInvalid()).isNull();
  }

  @Test
  void shouldNameTheSegmentWhenASealWasChanged() {
    // Given
    fillTwoSegments();

    // When
    ledger
        .owner
        .sql(
            "update ledger.segment set last_hash = decode(repeat('00', 32), 'hex') where segment_id = 1")
        .update();

    // Then
    assertThat(ledger.verify().firstInvalid())
        .isEqualTo(new Verification.Invalid(10, "segment 1 was sealed with another last hash"));
  }

  @Test
  void shouldNameTheRowsWhenAWholeSegmentIsGoneThatWasNotDroppedByRule() {
    // Given
    fillTwoSegments();

    // When
    ledger.owner.sql("drop table ledger.audit_segment_2").update();

    // Then
    assertThat(ledger.verify().firstInvalid())
        .isEqualTo(new Verification.Invalid(11, "rows 11 to 20 are missing"));
  }

  @Test
  void shouldGoOnWritingWhenAReaderKeepsTheSegmentFromBeingSealed() throws Exception {
    // Given: somebody reads for long
    ledger.segments = new SegmentSettings(10, YEAR, YEAR);
    try (Connection reader = ledger.connections(Duration.ofMinutes(5)).getConnection()) {
      reader.setAutoCommit(false);
      reader.createStatement().executeQuery("select count(*) from ledger.audit_event");
      ledger.start();

      // When
      ledger.audits(15);
      ledger.awaitAudits(15);
      ledger.audits(15);
      ledger.awaitAudits(30);
    }

    // Then
    assertThat(ledger.verify().firstInvalid()).isNull();
    assertThat(sealed()).isZero();
  }

  @Test
  void shouldKeepARecordOnceWhenItsSegmentIsSealed() {
    // Given
    ledger.segments = new SegmentSettings(1, YEAR, YEAR);
    ledger.start();
    AuditEvent event = LedgerFixture.someAudit();
    ledger.audit(event);
    await().atMost(SOON).until(() -> sealed() == 1);

    // When
    ledger.audit(event);
    ledger.audits(1);
    ledger.awaitAudits(2);

    // Then
    assertThat(ledger.auditIds()).hasSize(2).startsWith(event.auditId().value());
  }

  private void fillTwoSegments() {
    Segments segments = segments(new SegmentSettings(10, YEAR, YEAR));
    ledger.start();
    for (int round = 1; round <= 2; round++) {
      ledger.audits(10);
      ledger.awaitAudits(10 * round);
      now.set(now.get().plus(Duration.ofMinutes(2)));
      segments.maintain(10 * round);
    }
    assertThat(sealed()).isEqualTo(2);
  }

  private Segments segments(SegmentSettings settings) {
    return new Segments(JdbcClient.create(ledger.ledger), settings, clock);
  }

  private long sealed() {
    return ledger.count("ledger.segment where sealed_at is not null");
  }

  private long dropped() {
    return ledger.count("ledger.segment where dropped_at is not null");
  }
}
