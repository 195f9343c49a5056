package dev.syris.task.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.Topics;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.time.Signal;
import dev.syris.task.TaskSettings;
import dev.syris.task.alarm.Alarms;
import dev.syris.task.support.Database;
import dev.syris.task.support.ManualClock;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import dev.syris.testkit.schema.PublishedSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@WithBackends
class WatcherIT {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final TaskSettings SETTINGS =
      new TaskSettings(
          64,
          Duration.ofMillis(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofMillis(200));

  private final TestDatabase test = TestBackends.freshDatabase();
  private final Database database = new Database(test.as("syris_task"));
  private final ManualClock clock = new ManualClock(Instant.parse("2026-06-01T12:00:00Z"));
  private final Outbox outbox = new Outbox(database.jdbc, "task", new Signal());
  private final Alarms alarms =
      new Alarms(database.jdbc, outbox, new IdSource(clock, new Random()), clock, _ -> {});
  private final WatcherTable table = new WatcherTable(database.jdbc);
  private final List<WatcherLoop> loops = new ArrayList<>();
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void close() {
    never.countDown();
    loops.forEach(WatcherLoop::stop);
    database.close();
  }

  @Test
  void shouldLetTheOthersTickOnWhenOneThrowsOneHangsAndOneReturnsGarbage() {
    // Given
    var well = watcher("well", Duration.ofSeconds(1), look -> quiet());
    var throwing =
        watcher(
            "throwing",
            Duration.ofSeconds(1),
            _ -> {
              throw new IllegalStateException("no such thing");
            });
    var hanging =
        watcher(
            "hanging",
            Duration.ofMillis(50),
            _ -> {
              while (never.getCount() > 0) {
                Thread.onSpinWait();
              }
              return quiet();
            });
    var garbage = watcher("garbage", Duration.ofSeconds(1), _ -> null);
    start(well, throwing, hanging, garbage);
    await().until(() -> ticks("well") == 1 && errors("throwing") == 1 && errors("hanging") == 1);
    // When: so much time that those that fail have three turns, each later than the one before
    for (int minute = 1; minute <= 4; minute++) {
      int turns = minute + 1;
      clock.advance(MINUTE);
      await().until(() -> ticks("well") == turns);
    }
    // Then
    await()
        .until(() -> errors("throwing") == 3 && errors("hanging") == 3 && errors("garbage") == 3);
    assertThat(
            database.count(
                "select count(*) from task.alarm where type = 'watcher.failing' and status = 'open'"))
        .isEqualTo(3);
    assertThat(
            database
                .jdbc
                .sql("select last_error ->> 'code' from task.watcher order by watcher_id")
                .query(String.class)
                .list())
        .containsExactly("watcher.garbage", "watcher.hangs", "watcher.fault", null);
    assertThat(database.audits("watcher.error")).hasSize(9);
    assertThat(database.jdbc.sql("select body from api.watcher").query(String.class).list())
        .allSatisfy(
            body ->
                assertThat(
                        PublishedSchema.named("watcher").problemsOf(Json.mapper().readTree(body)))
                    .isEmpty());
  }

  @Test
  void shouldResolveTheAlarmOfOneThatLooksAgain() {
    // Given
    var turns = new AtomicInteger();
    start(
        watcher(
            "flaky",
            Duration.ofSeconds(1),
            _ -> {
              if (turns.incrementAndGet() <= 3) {
                throw new IllegalStateException("not yet");
              }
              return quiet();
            }));
    // When
    for (int i = 1; i <= 3; i++) {
      int errors = i;
      await().until(() -> errors("flaky") == errors);
      clock.advance(Duration.ofMinutes(15));
    }
    // Then
    await()
        .until(
            () -> database.count("select count(*) from task.alarm where status = 'resolved'") == 1);
    assertThat(errors("flaky")).isZero();
    assertThat(database.audits("alarm.resolved")).hasSize(1);
  }

  @Test
  void shouldStopTickingWhenItIsSwitchedOffAndRefuseWhatWasUnderWay() throws Exception {
    // Given
    var begun = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    start(
        watcher(
            "w",
            Duration.ofSeconds(20),
            _ -> {
              begun.countDown();
              end.await();
              return quiet();
            }));
    begun.await();
    // When
    table.enable("w", false, clock.instant());
    end.countDown();
    clock.advance(Duration.ofHours(1));
    loops.getFirst().wake();
    loops.getFirst().stop();
    // Then
    assertThat(ticks("w")).isZero();
    assertThat(database.count("select count(*) from task.watcher where last_tick_at is null"))
        .isEqualTo(1);
  }

  @Test
  void shouldSendWhatItSawOnceAndHoldBackWhatComesTooSoon() {
    // Given
    var seen = new Tick.Observation("it is up", Json.object().put("up", true));
    var watcher =
        new Scripted(
            "w",
            Duration.ofSeconds(1),
            Duration.ofSeconds(90),
            _ -> Tick.seen("up", Json.object(), seen));
    start(watcher);
    start(watcher); // another instance
    await().until(() -> ticks("w") == 1);
    // When
    clock.advance(MINUTE);
    await().until(() -> ticks("w") == 2);
    clock.advance(MINUTE);
    await().until(() -> ticks("w") == 3);
    // Then
    assertThat(database.said(Topics.RAW_EVENT.name())).hasSize(2);
    assertThat(database.audits("watcher.suppressed")).hasSize(1);
    assertThat(database.count("select suppression_count from task.watcher")).isEqualTo(1);
  }

  @Test
  void shouldGoOnTickingAndSendingWhenTheClockIsSetBackAndForward() {
    // Given
    var seen = new Tick.Observation("it is up", Json.object().put("up", true));
    start(
        new Scripted(
            "w",
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            _ -> Tick.seen("up", Json.object(), seen)));
    await().until(() -> ticks("w") == 1);
    // When
    clock.advance(Duration.ofHours(-1));
    await().until(() -> ticks("w") == 2);
    clock.advance(MINUTE);
    await().until(() -> ticks("w") == 3);
    clock.advance(Duration.ofHours(1));
    // Then
    await().until(() -> ticks("w") == 4);
    assertThat(database.said(Topics.RAW_EVENT.name())).hasSize(4);
    assertThat(database.audits("watcher.suppressed")).isEmpty();
  }

  @Test
  void shouldTakeTheTurnOfOneThatDiedBeforeTheClockWasSetBack() {
    // Given
    var watcher = watcher("w", Duration.ofSeconds(1), look -> quiet());
    table.register(watcher, clock.instant());
    table.claim(watcher, clock.instant(), Duration.ofSeconds(6), Duration.ofMinutes(15));
    // When
    clock.advance(Duration.ofHours(-1));
    start(watcher);
    await()
        .until(
            () ->
                database.count(
                        "select count(*) from task.watcher where next_tick_at = '2026-06-01T11:01:00Z'")
                    == 1);
    clock.advance(MINUTE);
    // Then
    await().until(() -> ticks("w") == 1);
  }

  @Test
  void shouldLeaveTheTurnAloneThatAHostWhoseClockIsAheadHasOrHadJustNow() {
    // Given
    Watcher watcher = watcher("shared", Duration.ofSeconds(1), _ -> quiet());
    Duration patience = Duration.ofSeconds(6);
    table.register(watcher, clock.instant());
    clock.advance(Duration.ofSeconds(1));
    Instant here = clock.instant();
    Instant ahead = here.plusMillis(40);
    WatcherRow taken = table.claim(watcher, ahead, patience, MINUTE).orElseThrow();
    // When
    boolean stolen = table.claim(watcher, here, patience, MINUTE).isPresent();
    table.settle(taken, quiet(), ahead, ahead.plus(MINUTE), 0, null);
    boolean repeated = table.claim(watcher, here, patience, MINUTE).isPresent();
    boolean setBack =
        table.claim(watcher, here.minus(Duration.ofHours(1)), patience, MINUTE).isPresent();
    // Then
    assertThat(stolen).isFalse();
    assertThat(repeated).isFalse();
    assertThat(setBack).isTrue();
  }

  private Tick quiet() {
    return new Tick("ok", "all is well", Json.object(), List.of(), Map.of());
  }

  private long ticks(String id) {
    return database.audits("watcher.tick").stream()
        .filter(audit -> id.equals(audit.refs().get("watcher_id")))
        .count();
  }

  private long errors(String id) {
    return database
        .jdbc
        .sql("select consecutive_errors from task.watcher where watcher_id = :id")
        .param("id", id)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  private interface Looking {
    Tick look(Watcher.Look look) throws Exception;
  }

  private static Watcher watcher(String id, Duration timeout, Looking looking) {
    return new Scripted(id, timeout, Duration.ZERO, looking);
  }

  private record Scripted(String id, Duration timeout, Duration throttle, Looking looking)
      implements Watcher {

    @Override
    public String type() {
      return "scripted";
    }

    @Override
    public Duration interval() {
      return MINUTE;
    }

    @Override
    public Tick tick(Look look) throws Exception {
      return looking.look(look);
    }
  }

  private void start(Watcher... watchers) {
    var loop =
        new WatcherLoop(
            List.of(watchers),
            table,
            database.transaction,
            outbox,
            alarms,
            clock,
            SETTINGS,
            new Signal());
    loops.add(loop);
    loop.start();
  }
}
