package dev.syris.task.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.Topics;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.problem.ProblemException;
import dev.syris.platform.time.Signal;
import dev.syris.task.TaskSettings;
import dev.syris.task.call.GateParts;
import dev.syris.task.document.DocumentKind;
import dev.syris.task.document.Documents;
import dev.syris.task.support.Database;
import dev.syris.task.support.ManualClock;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import dev.syris.testkit.schema.PublishedSchema;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

@WithBackends
class ScheduleIT {

  private static final Instant T0 = Instant.parse("2026-06-01T12:00:00Z");
  private static final TaskSettings TASK =
      new TaskSettings(
          64,
          Duration.ofMillis(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofMillis(200));

  private final TestDatabase test = TestBackends.freshDatabase();
  private final Database database = new Database(test.as("syris_task"));
  private final ManualClock clock = new ManualClock(T0);
  private final Outbox outbox = new Outbox(database.jdbc, "task", new Signal());
  private final PlanReader reader = new PlanReader(ZoneId.of("UTC"));
  private final ScheduleTable table = new ScheduleTable(database.jdbc, reader);
  private final AtomicReference<Set<String>> quiet = new AtomicReference<>(Set.of());
  private final List<ScheduleLoop> loops = new ArrayList<>();

  @AfterEach
  void close() {
    loops.forEach(ScheduleLoop::stop);
    database.close();
  }

  @Test
  void shouldRunEachOfManyOnceHoweverManyShareTheWork() {
    // Given
    IntStream.range(0, 1_200).forEach(i -> make("s" + i, interval(60)));
    clock.advance(Duration.ofSeconds(60));
    // When
    start();
    start();
    start();
    await()
        .until(
            () ->
                database.count("select count(*) from task.schedule where fired_count = 1")
                    == 1_200);
    loops.forEach(ScheduleLoop::stop);
    // Then
    assertThat(database.said(Topics.RAW_EVENT.name())).hasSize(1_200).doesNotHaveDuplicates();
    assertThat(
            database.count(
                "select count(*) from task.schedule where next_run_at = '2026-06-01T12:02:00Z'"))
        .isEqualTo(1_200);
  }

  @Test
  void shouldNeitherRepeatNorForgetWhenTheClockIsSet() {
    // Given
    make("s", interval(60));
    ScheduleLoop loop = loop();
    loop.start();
    loop.stop();
    clock.advance(Duration.ofSeconds(60));
    loop.runDue();
    // When: back by an hour, and on until the next slot
    clock.advance(Duration.between(clock.instant(), T0.minusSeconds(3_600)));
    int again = loop.runDue();
    clock.advance(Duration.between(clock.instant(), T0.plusSeconds(120)));
    loop.runDue();
    // When: forward by an hour
    clock.advance(Duration.ofSeconds(3_600));
    loop.runDue();
    // Then
    assertThat(again).isZero();
    assertThat(slots("schedule.fired")).hasSize(3).doesNotHaveDuplicates();
    assertThat(slots("schedule.missed")).hasSize(59).doesNotHaveDuplicates();
    assertThat(database.count("select missed_count from task.schedule")).isEqualTo(59);
  }

  @Test
  void shouldDoAsThePolicySaysAboutWhatCameWhileNobodyWasThere() {
    // Given
    make("skip", interval(60).put("catch_up_policy", "skip"));
    make("once", interval(60).put("catch_up_policy", "run_once"));
    make("all", interval(60).put("catch_up_policy", "run_all_capped").put("catch_up_cap", 3));
    make("short", interval(60).put("catch_up_policy", "run_once").put("catch_up_window", 20));
    clock.advance(Duration.ofSeconds(330));
    // When
    ScheduleLoop loop = loop();
    loop.start();
    await()
        .until(
            () ->
                database.count(
                        "select count(*) from task.schedule where next_run_at > '2026-06-01T12:05:30Z'")
                    == 4);
    // Then
    assertThat(outcome("skip")).isEqualTo("fired 0 missed 5");
    assertThat(outcome("once")).isEqualTo("fired 1 missed 4");
    assertThat(outcome("all")).isEqualTo("fired 3 missed 2");
    assertThat(outcome("short")).isEqualTo("fired 0 missed 5");
    assertThat(slots("schedule.missed")).hasSize(16);
    assertThat(database.jdbc.sql("select body from api.schedule").query(String.class).list())
        .allSatisfy(
            body ->
                assertThat(
                        PublishedSchema.named("schedule").problemsOf(Json.mapper().readTree(body)))
                    .isEmpty());
  }

  @Test
  void shouldSayNothingAndStayWhereItIsWhenTheTransactionFails() {
    // Given
    make("s", interval(60));
    clock.advance(Duration.ofSeconds(60));
    ScheduleLoop loop = loop();
    try (var owner = new Database(test.owner())) {
      owner
          .jdbc
          .sql("alter table task.outbox add constraint ck_full check (false) not valid")
          .update();
      // When
      assertThatThrownBy(loop::runDue).isInstanceOf(RuntimeException.class);
      owner.jdbc.sql("alter table task.outbox drop constraint ck_full").update();
    }
    // Then
    assertThat(outcome("s")).isEqualTo("fired 0 missed 0");
    assertThat(loop.runDue()).isEqualTo(1);
    assertThat(outcome("s")).isEqualTo("fired 1 missed 0");
  }

  @Test
  void shouldHoldWhatComesOnceUntilQuietHoursAreOver() {
    // Given
    quiet.set(Set.of("night"));
    make("s", json("one_shot", "2026-06-01T12:00:30Z").put("quiet_hours_policy_id", "night"));
    clock.advance(Duration.ofSeconds(31));
    ScheduleLoop loop = start();
    await()
        .until(
            () ->
                database.count("select count(*) from task.schedule where held_slot is not null")
                    == 1);
    // When
    quiet.set(Set.of());
    loop.wake();
    // Then
    await().until(() -> outcome("s").equals("fired 1 missed 0"));
    assertThat(slots("schedule.fired")).containsExactly("2026-06-01T12:00:30.000Z");
  }

  @Test
  void shouldStartAnewWhenItsTimesAreChangedAndGoOnWhenAnythingElseIs() {
    // Given
    make("s", interval(60));
    clock.advance(Duration.ofSeconds(30));
    // When
    make("s", interval(60).put("name", "another name"));
    Instant kept = table.find("s").orElseThrow().next();
    make("s", interval(40));
    Instant changed = table.find("s").orElseThrow().next();
    make("s", interval(40).put("enabled", false));
    Instant off = table.find("s").orElseThrow().next();
    clock.advance(Duration.ofDays(3));
    make("s", interval(40));
    // Then
    assertThat(kept).isEqualTo(T0.plusSeconds(60));
    assertThat(changed).isEqualTo(T0.plusSeconds(70));
    assertThat(off).isNull();
    assertThat(table.find("s").orElseThrow().next()).isAfter(clock.instant());
    assertThat(outcome("s")).isEqualTo("fired 0 missed 0");
  }

  @Test
  void shouldKeepWhatSomebodyMadeThoughItIsOver() {
    // Given
    make("s", json("one_shot", "2026-06-01T12:00:30Z"));
    clock.advance(Duration.ofSeconds(30));
    loop().runDue();
    // When
    clock.advance(Duration.ofDays(3_650));
    int forgotten =
        new FiredClocks(table, new ScheduleSettings(Duration.ZERO, Duration.ZERO))
            .forget(clock.instant(), 10);
    // Then
    assertThat(outcome("s")).isEqualTo("fired 1 missed 0");
    assertThat(forgotten).isZero();
  }

  @Test
  void shouldRunEachSlotOnceWhenTheClockOfManyIsSet() {
    // Given
    IntStream.range(0, 50).forEach(i -> make("s" + i, interval(60)));
    start();
    start();
    start();
    clock.advance(Duration.ofSeconds(60));
    awaitAllAt("2026-06-01T12:02:00Z");
    // When: back by an hour, long enough for another to be run
    clock.advance(Duration.ofSeconds(-3_600));
    make("probe", json("one_shot", "2026-06-01T11:02:00Z"));
    clock.advance(Duration.ofSeconds(60));
    await().until(() -> outcome("probe").equals("fired 1 missed 0"));
    long whileBack = database.said(Topics.RAW_EVENT.name()).size();
    clock.advance(Duration.ofSeconds(3_600));
    awaitAllAt("2026-06-01T12:03:00Z");
    // When: forward by an hour
    clock.advance(Duration.ofSeconds(3_600));
    awaitAllAt("2026-06-01T13:03:00Z");
    // Then
    assertThat(whileBack).isEqualTo(50 + 1);
    assertThat(database.said(Topics.RAW_EVENT.name())).hasSize(50 * 3 + 1).doesNotHaveDuplicates();
    assertThat(database.audits("schedule.fired")).hasSize(50 * 3 + 1);
    assertThat(database.audits("schedule.missed")).hasSize(50 * 59);
  }

  private void awaitAllAt(String next) {
    await()
        .until(
            () ->
                database.count(
                        "select count(*) from task.schedule where next_run_at = '%s'"
                            .formatted(next))
                    == 50);
  }

  @Test
  void shouldNotLeaveItsRowsLockedForLongWhenItIsFrozen() {
    assertThat(
            database
                .jdbc
                .sql("show idle_in_transaction_session_timeout")
                .query(String.class)
                .single())
        .isEqualTo("10s");
  }

  @Test
  void shouldRefuseWhatNeverComes() {
    assertThatThrownBy(() -> make("s", json("one_shot", "2026-01-01T00:00:00Z")))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> make("s", json("cron", "0 0 30 2 *")))
        .isInstanceOf(ProblemException.class);
    assertThat(table.find("s")).isEmpty();
  }

  private void make(String id, ObjectNode body) {
    var kind =
        DocumentKind.minted("schedule", "schedule", "task.schedule", "api.schedule", "/schedules");
    var rules = new ScheduleRules(table, reader, _ -> true, clock, () -> {});
    var documents =
        new Documents(
            kind,
            rules,
            database.jdbc,
            database.transaction,
            outbox,
            new IdSource(clock, new Random()),
            clock);
    documents.put(id, body, AuditActor.token("t"), null);
  }

  private static ObjectNode interval(int seconds) {
    return json("interval", Integer.toString(seconds));
  }

  private static ObjectNode json(String type, String spec) {
    return Json.object().put("name", "n").put("type", type).put("spec", spec);
  }

  private ScheduleLoop start() {
    ScheduleLoop loop = loop();
    loop.start();
    return loop;
  }

  private ScheduleLoop loop() {
    GateParts.QuietHours hours =
        (names, _) -> {
          var holding = new HashSet<>(names);
          holding.retainAll(quiet.get());
          return holding;
        };
    var loop =
        new ScheduleLoop(
            table,
            database.transaction,
            outbox,
            hours,
            clock,
            TASK,
            new ScheduleSettings(Duration.ofSeconds(10), Duration.ofDays(7)));
    loops.add(loop);
    return loop;
  }

  private String outcome(String id) {
    return database
        .jdbc
        .sql(
            "select 'fired ' || fired_count || ' missed ' || missed_count from task.schedule where schedule_id = :id")
        .param("id", id)
        .query(String.class)
        .single();
  }

  private List<String> slots(String type) {
    return database.audits(type).stream()
        .map(AuditEvent::details)
        .map(details -> details.path("scheduled_for").asString())
        .toList();
  }
}
