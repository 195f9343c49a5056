package dev.syris.task.schedule;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.json.Json;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.time.Signal;
import dev.syris.task.TaskSettings;
import dev.syris.task.call.GateParts;
import dev.syris.task.document.DocumentKind;
import dev.syris.task.document.Documents;
import dev.syris.task.document.Precondition;
import dev.syris.task.support.Database;
import dev.syris.task.support.ManualClock;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.node.ObjectNode;

/** Schedules in a database of their own, whose loops go by a clock that is set. */
final class ScheduleFixture implements AutoCloseable {

  static final Instant T0 = Instant.parse("2026-06-01T12:00:00Z");
  private static final TaskSettings TASK =
      new TaskSettings(
          64,
          Duration.ofMillis(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofMillis(200));

  final TestDatabase test = TestBackends.freshDatabase();
  final Database database = new Database(test.as("syris_task"));
  final ManualClock clock = new ManualClock(T0);
  private final Outbox outbox = new Outbox(database.jdbc, "task", new Signal());
  private final PlanReader reader = new PlanReader(ZoneId.of("UTC"));
  final ScheduleTable table = new ScheduleTable(database.jdbc, reader);
  final AtomicReference<Set<String>> quiet = new AtomicReference<>(Set.of());
  private final List<ScheduleLoop> loops = new ArrayList<>();

  @Override
  public void close() {
    stopAll();
    database.close();
  }

  void stopAll() {
    loops.forEach(ScheduleLoop::stop);
  }

  void make(String id, ObjectNode body) {
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
    documents.put(id, body, AuditActor.token("t"), Precondition.NONE);
  }

  static ObjectNode interval(int seconds) {
    return json("interval", Integer.toString(seconds));
  }

  static ObjectNode json(String type, String spec) {
    return Json.object().put("name", "n").put("type", type).put("spec", spec);
  }

  ScheduleLoop start() {
    ScheduleLoop loop = loop();
    loop.start();
    return loop;
  }

  ScheduleLoop loop() {
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

  String outcome(String id) {
    return database
        .jdbc
        .sql(
            "select 'fired ' || fired_count || ' missed ' || missed_count from task.schedule where schedule_id = :id")
        .param("id", id)
        .query(String.class)
        .single();
  }

  List<String> slots(String type) {
    return database.audits(type).stream()
        .map(AuditEvent::details)
        .map(details -> details.path("scheduled_for").asString())
        .toList();
  }
}
