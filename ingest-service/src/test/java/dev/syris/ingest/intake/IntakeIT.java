package dev.syris.ingest.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.syris.contracts.id.IdSource;
import dev.syris.ingest.idempotency.IdempotencyKey;
import dev.syris.ingest.idempotency.InFlight;
import dev.syris.ingest.idempotency.KnownRequests;
import dev.syris.ingest.idempotency.RequestId;
import dev.syris.ingest.intake.Acceptance.Accepted;
import dev.syris.ingest.intake.Acceptance.InDoubt;
import dev.syris.ingest.intake.Acceptance.KeyConflict;
import dev.syris.ingest.log.RawEventLog;
import dev.syris.ingest.log.Receipt;
import dev.syris.ingest.log.StampedEvent;
import dev.syris.ingest.log.WriteResult;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every place a request with a key can be cut short at, and what its repeat finds. */
@WithBackends
class IntakeIT {

  private static final TestDatabase DATABASE = TestBackends.freshDatabase();
  private static final HikariDataSource SERVICE =
      DATABASE.as("syris_ingest").dataSource("test-ingest");
  private static final HikariDataSource OWNER = DATABASE.owner().dataSource("test-owner");
  private static final RequestId KEY =
      new RequestId("token-1", "/events", new IdempotencyKey("k-1"));

  private final JdbcClient owner = JdbcClient.create(OWNER);
  private final List<StampedEvent> log = Collections.synchronizedList(new ArrayList<>());

  @AfterAll
  static void close() {
    SERVICE.close();
    OWNER.close();
  }

  @BeforeEach
  void forget() {
    owner.sql("truncate ingest.idempotency").update();
  }

  @Test
  void shouldGiveTheSameAnswerAndWriteNothingWhenItWasAcknowledged() {
    // Given
    var first = (Accepted) intake(this::write).accept(submission(KEY, "a", "b"));

    // When
    var second = (Accepted) restarted(this::write).accept(submission(KEY, "a", "b"));

    // Then
    assertThat(second).isEqualTo(new Accepted(first.receipts(), true));
    assertThat(log).hasSize(2);
  }

  @Test
  void shouldWriteTheSameIdsWhenItWasCutShortBeforeTheWrite() {
    // Given
    List<Receipt> promised = new ArrayList<>();
    cutShort(
        events -> {
          events.forEach(event -> promised.add(event.ids()));
          throw new CutShort();
        });

    // When
    var answer = (Accepted) restarted(this::write).accept(submission(KEY, "a"));

    // Then
    assertThat(answer).isEqualTo(new Accepted(promised, false));
    assertThat(log).extracting(StampedEvent::ids).isEqualTo(promised);
  }

  @Test
  void shouldWriteTheSameIdsAgainWhenItWasCutShortAfterTheWrite() {
    // Given
    cutShort(
        events -> {
          write(events);
          throw new CutShort();
        });

    // When
    var answer = (Accepted) restarted(this::write).accept(submission(KEY, "a"));

    // Then
    assertThat(log).hasSize(2);
    assertThat(log).extracting(StampedEvent::ids).containsOnly(answer.receipts().getFirst());
  }

  @Test
  void shouldWriteTheSameIdsAgainWhenTheBrokerLeftItInDoubt() {
    // Given
    Acceptance first =
        intake(
                events -> {
                  write(events);
                  return new WriteResult.InDoubt("no answer");
                })
            .accept(submission(KEY, "a"));
    assertThat(first).isEqualTo(new InDoubt("no answer", true));

    // When
    Acceptance second = intake(this::write).accept(submission(KEY, "a"));

    // Then
    assertThat(second).isInstanceOf(Accepted.class);
    assertThat(log.stream().map(StampedEvent::ids).distinct()).hasSize(1);
  }

  @Test
  void shouldSayYesWhenOnlyTheNoteOfItFails() {
    // Given
    RawEventLog andThenTheDatabaseIsGone =
        events -> {
          owner.sql("alter table ingest.idempotency rename to gone").update();
          return write(events);
        };

    // When
    Acceptance answer;
    try {
      answer = intake(andThenTheDatabaseIsGone).accept(submission(KEY, "a"));
    } finally {
      owner.sql("alter table ingest.gone rename to idempotency").update();
    }

    // Then
    assertThat(answer).isInstanceOf(Accepted.class);
    assertThat(((Accepted) intake(this::write).accept(submission(KEY, "a"))).receipts())
        .isEqualTo(((Accepted) answer).receipts());
  }

  @Test
  void shouldRefuseAnotherBodyUnderTheSameKey() {
    // Given
    intake(this::write).accept(submission(KEY, "a"));

    // When / Then
    assertThat(intake(this::write).accept(submission(KEY, "b"))).isEqualTo(new KeyConflict());
    assertThat(log).hasSize(1);
  }

  @Test
  void shouldKeepTheKeysOfTokensAndPathsApart() {
    // Given
    var otherToken = new RequestId("token-2", "/events", KEY.key());
    var otherPath = new RequestId("token-1", "/webhooks/x", KEY.key());

    // When
    Stream.of(KEY, otherToken, otherPath)
        .forEach(id -> intake(this::write).accept(submission(id, "a")));

    // Then
    assertThat(log.stream().map(StampedEvent::ids).distinct()).hasSize(3);
  }

  @Test
  void shouldWriteOnceWhenTheSameRequestComesManyTimesAtOnce() throws Exception {
    // Given
    Intake intake = intake(this::write);

    // When
    List<Acceptance> answers = askAtOnce(Collections.nCopies(50, intake));

    // Then
    assertThat(log).hasSize(1);
    assertThat(answers.stream().map(answer -> ((Accepted) answer).receipts()).distinct())
        .hasSize(1);
  }

  @Test
  void shouldGiveTheSameIdsWhenSeveralProcessesAreAskedAtOnce() throws Exception {
    // Given
    List<Intake> processes = IntStream.range(0, 8).mapToObj(_ -> intake(this::write)).toList();

    // When
    List<Acceptance> answers = askAtOnce(processes);

    // Then
    assertThat(answers.stream().map(answer -> ((Accepted) answer).receipts()).distinct())
        .hasSize(1);
    assertThat(log.stream().map(StampedEvent::ids).distinct()).hasSize(1);
  }

  @Test
  void shouldTakeAKeyForNewWhenItIsADayOld() {
    // Given
    var first = (Accepted) intake(this::write).accept(submission(KEY, "a"));
    owner.sql("update ingest.idempotency set created_at = now() - interval '24 hours'").update();

    // When
    var second = (Accepted) intake(this::write).accept(submission(KEY, "b"));

    // Then
    assertThat(second.replayed()).isFalse();
    assertThat(second.receipts()).isNotEqualTo(first.receipts());
    assertThat(((Accepted) intake(this::write).accept(submission(KEY, "b"))).replayed()).isTrue();
  }

  @Test
  void shouldNeedNoDatabaseWhenThereIsNoKey() {
    // Given
    owner.sql("alter table ingest.idempotency rename to gone").update();

    // When / Then
    try {
      assertThat(intake(this::write).accept(submission(null, "a"))).isInstanceOf(Accepted.class);
      assertThatThrownBy(() -> intake(this::write).accept(submission(KEY, "a")))
          .isInstanceOf(org.springframework.dao.DataAccessException.class);
    } finally {
      owner.sql("alter table ingest.gone rename to idempotency").update();
    }
    assertThat(log).hasSize(1);
  }

  /** As if the process had been killed: nothing behind this point is done. */
  private static final class CutShort extends RuntimeException {}

  private static List<Acceptance> askAtOnce(List<Intake> processes) throws InterruptedException {
    List<Callable<Acceptance>> requests =
        processes.stream()
            .map(process -> (Callable<Acceptance>) () -> process.accept(submission(KEY, "a")))
            .toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(requests).stream().map(Future::resultNow).toList();
    }
  }

  private void cutShort(RawEventLog log) {
    assertThatThrownBy(() -> intake(log).accept(submission(KEY, "a"))).isInstanceOf(CutShort.class);
  }

  private WriteResult write(List<StampedEvent> events) {
    log.addAll(events);
    return new WriteResult.Written();
  }

  private static Intake restarted(RawEventLog log) {
    return intake(log);
  }

  private static Intake intake(RawEventLog log) {
    var ids = new IdSource(InstantSource.system(), new Random());
    return new Intake(ids, log, new KnownRequests(JdbcClient.create(SERVICE)), new InFlight());
  }

  private static Submission submission(RequestId id, String... texts) {
    List<Stimulus> stimuli =
        Stream.of(texts)
            .map(text -> new Stimulus(text.getBytes(UTF_8), "key", false, null))
            .toList();
    return new Submission(stimuli, String.join(",", texts).getBytes(UTF_8), id);
  }
}
