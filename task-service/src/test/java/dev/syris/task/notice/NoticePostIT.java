package dev.syris.task.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.json.Json;
import dev.syris.task.approval.Decider;
import dev.syris.task.decide.DecisionLinks;
import dev.syris.task.http.HttpRequests;
import dev.syris.task.notice.Notice.Kind;
import dev.syris.task.notify.NotifySettings;
import dev.syris.task.notify.NotifySettings.Target;
import dev.syris.task.notify.NotifySettings.Type;
import dev.syris.task.notify.Targets;
import dev.syris.task.notify.Urgency;
import dev.syris.task.support.Database;
import dev.syris.task.support.Mailbox;
import dev.syris.task.support.ManualClock;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.WithBackends;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Notices in a real database, sent to a real address, by a clock that goes when told to. */
@WithBackends
class NoticePostIT {

  private static final int PER_MINUTE = 3;
  private static final int MAX_ATTEMPTS = 2;

  private final Database database = new Database(TestBackends.freshDatabase().as("syris_task"));
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-25T12:00:00Z"));
  private final IdSource ids = new IdSource(clock, new Random(1));
  private final Mailbox mailbox = new Mailbox();
  private final HttpRequests requests = HttpRequests.toConfigured(name -> Optional.empty(), clock);
  private final NotifySettings settings =
      new NotifySettings(
          Map.of("phone", new Target(Type.NTFY, mailbox.url("/t"), null, Map.of(), false)),
          PER_MINUTE,
          MAX_ATTEMPTS);
  private final Targets targets = new Targets(settings, requests);
  private final AtomicInteger woken = new AtomicInteger();
  private final Notices notices =
      new Notices(database.jdbc, targets, ids, clock, woken::incrementAndGet);
  private final NoticePost post = post();
  private String approvalStatus = "pending";

  @AfterEach
  void close() throws IOException {
    requests.close();
    mailbox.close();
    database.close();
  }

  @Test
  void shouldSendWhatACommittedTransactionAnnouncedOnce() throws Exception {
    // Given
    announce("a");
    announce("a");
    database.transaction.executeWithoutResult(
        status -> {
          notices.announce(notice("rolled back"));
          status.setRollbackOnly();
        });
    // When
    post.send("phone");
    post.send("phone");
    // Then
    assertThat(mailbox.letters()).hasSize(1);
    assertThat(mailbox.letters().getFirst().header("Title")).isEqualTo("Alarm a");
    assertThat(mailbox.letters().getFirst().header("Idempotency-Key")).hasSize(36);
    assertThat(statuses()).isEqualTo("sent 1");
    assertThat(woken).hasValue(2);
  }

  @Test
  void shouldTryAgainLaterAndGiveUpInTheEnd() throws Exception {
    // Given
    mailbox.answer(503, Map.of());
    announce("a");
    // When
    post.send("phone");
    post.send("phone");
    int atOnce = mailbox.letters().size();
    clock.advance(Duration.ofSeconds(2));
    post.send("phone");
    clock.advance(Duration.ofHours(1));
    post.send("phone");
    // Then
    assertThat(atOnce).isEqualTo(1);
    assertThat(mailbox.letters()).hasSize(MAX_ATTEMPTS);
    assertThat(mailbox.letters().getFirst().header("Idempotency-Key"))
        .isEqualTo(mailbox.letters().getLast().header("Idempotency-Key"));
    assertThat(statuses()).isEqualTo("failed 1");
    assertThat(
            database
                .jdbc
                .sql("select last_error->>'code' from task.notice")
                .query(String.class)
                .single())
        .isEqualTo("http.status_503");
  }

  @Test
  void shouldLetWaitWhatIsOverTheLimit() throws Exception {
    // Given
    for (int i = 0; i < 2 * PER_MINUTE; i++) {
      announce("n" + i);
    }
    // When
    post.send("phone");
    post.send("phone");
    int firstMinute = mailbox.letters().size();
    clock.advance(Duration.ofSeconds(61));
    post.send("phone");
    // Then
    assertThat(firstMinute).isEqualTo(PER_MINUTE);
    assertThat(statuses()).isEqualTo("sent 6");
  }

  @Test
  void shouldFoldWhatPilesUpIntoOne() throws Exception {
    // Given
    for (int i = 0; i < 10; i++) {
      announce("n" + i);
    }
    // When
    post.send("phone");
    // Then
    assertThat(mailbox.letters()).hasSize(PER_MINUTE);
    assertThat(mailbox.letters().stream().map(letter -> letter.header("Title")))
        .contains("and 8 more wait");
    assertThat(statuses()).isEqualTo("dropped 8, sent 3");
  }

  @Test
  void shouldTakeOverWhatSomebodyClaimedAndLeft() throws Exception {
    // Given
    announce("a");
    var table = new NoticeTable(database.jdbc);
    table.claim("phone", 1, clock.instant(), clock.instant().plusSeconds(60));
    // When
    post.send("phone");
    int meanwhile = mailbox.letters().size();
    clock.advance(Duration.ofSeconds(61));
    post.send("phone");
    // Then
    assertThat(meanwhile).isZero();
    assertThat(mailbox.letters()).hasSize(1);
  }

  @Test
  void shouldSayHowToAnswerOnTheCommandLineWhereThereIsNoPublicUrl() throws Exception {
    // Given
    UUID approval = UUID.randomUUID();
    announce(approval(approval));
    // When
    post.send("phone");
    // Then
    assertThat(mailbox.letters().getFirst().body()).contains("./syris approve " + approval);
    assertThat(mailbox.letters().getFirst().header("Click")).isEmpty();
  }

  @Test
  void shouldNotAskWhatIsAnsweredAlready() throws Exception {
    // Given
    announce(approval(UUID.randomUUID()));
    approvalStatus = "denied";
    // When
    post.send("phone");
    // Then
    assertThat(mailbox.letters()).isEmpty();
    assertThat(statuses()).isEqualTo("dropped 1");
  }

  @Test
  void shouldGiveUpWhatWasMeantForATargetThatIsGone() {
    // Given
    database.transaction.executeWithoutResult(
        _ ->
            new NoticeTable(database.jdbc).insert(ids.next(), notice("a"), "old", clock.instant()));
    // When
    post.clear();
    // Then
    assertThat(statuses()).isEqualTo("dropped 1");
  }

  private void announce(String subject) {
    announce(notice(subject));
  }

  private void announce(Notice notice) {
    database.transaction.executeWithoutResult(_ -> notices.announce(notice));
    clock.advance(Duration.ofMillis(1));
  }

  private static Notice notice(String subject) {
    return new Notice(Kind.ALARM, subject, "Alarm " + subject, "It is too warm.", Urgency.NORMAL);
  }

  private static Notice approval(UUID id) {
    return new Notice(
        Kind.APPROVAL, id.toString(), "Approve http request?", "Why not.", Urgency.HIGH);
  }

  private String statuses() {
    return String.join(
        ", ",
        database
            .jdbc
            .sql(
                "select status || ' ' || count(*) from task.notice group by status order by status")
            .query(String.class)
            .list());
  }

  private NoticePost post() {
    var decider =
        new Decider() {
          @Override
          public Decided decide(
              UUID approval, boolean approve, String reason, String channel, AuditActor by) {
            throw new UnsupportedOperationException();
          }

          @Override
          public Optional<ObjectNode> show(UUID approval) {
            return Optional.of(Json.object().put("status", approvalStatus));
          }
        };
    var links = new DecisionLinks(database.jdbc, database.transaction, clock);
    return new NoticePost(
        new NoticeTable(database.jdbc),
        database.transaction,
        targets,
        new NoticeLetters(decider, links, null),
        settings,
        ids,
        clock,
        new Random(1));
  }
}
