package dev.syris.task.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.Topics;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.outbox.OutboxRecord;
import dev.syris.platform.time.Signal;
import dev.syris.task.control.Controls;
import dev.syris.task.status.SystemStatusBook;
import dev.syris.task.support.Database;
import dev.syris.task.support.ManualClock;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is told at a start, while others change it. */
@WithBackends
class RetellingIT {

  private static final AuditActor WHO = AuditActor.token("t1");
  private static final String RULE =
      """
      {"name":"doors","enabled":true,"priority":0,"conditions":{"field":"content.text","op":"exists"},
       "actions":[{"type":"call_tool","tool":"noop","action":"run"}]}
      """;
  private static final String HOURS =
      """
      {"enabled":true,"timezone":"UTC","windows":[{"days":["mon"],"start":"01:00","end":"02:00"}]}
      """;

  private final TestDatabase test = TestBackends.freshDatabase();
  private final Database database = new Database(test.as("syris_task"));
  private final ManualClock clock = new ManualClock(Instant.parse("2036-06-01T12:00:00Z"));
  private final Outbox outbox = new Outbox(database.jdbc, "task", new Signal());
  private final Controls controls =
      new Controls(
          database.jdbc, database.transaction, outbox, new IdSource(clock, new Random()), clock);
  private final Retelling retelling =
      new Retelling(
          database.jdbc,
          database.transaction,
          outbox,
          controls,
          new SystemStatusBook(database.jdbc, database.transaction, outbox, clock));

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void shouldNotTellWhatIsBeingDeletedAfterItsTombstone() throws Exception {
    // Given
    insert("task.rule (rule_id", "gone", RULE);
    insert("task.rule (rule_id", "stays", RULE);
    insert("task.quiet_hours (name", "gone", HOURS);
    insert("task.quiet_hours (name", "stays", HOURS);
    Thread[] telling = new Thread[1];
    // When
    database.transaction.executeWithoutResult(
        _ -> {
          database.jdbc.sql("delete from task.quiet_hours where name = 'gone'").update();
          database.jdbc.sql("delete from task.rule where rule_id = 'gone'").update();
          telling[0] = Thread.ofVirtual().start(retelling::tell);
          await().until(() -> waits() || !telling[0].isAlive());
          outbox.append(
              List.of(
                  SettingWords.noQuietHours("gone"),
                  OutboxRecord.tombstone(Topics.CONTROL_RULE, "gone")));
        });
    telling[0].join();
    // Then
    assertThat(database.said(Topics.CONTROL_RULE.name()))
        .extracting(RetellingIT::key)
        .containsExactly("gone", "stays");
    assertThat(database.said(Topics.CONTROL_SETTING.name()))
        .extracting(RetellingIT::key)
        .startsWith("quiet_hours.gone", "quiet_hours.stays")
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldTellTheOthersWhereOneIsNoRuleAnyMore() {
    // Given
    insert("task.rule (rule_id", "a-rule", RULE);
    insert("task.rule (rule_id", "broken", "{\"name\":\"x\",\"enabled\":true}");
    insert("task.rule (rule_id", "c-rule", RULE);
    // When
    retelling.tell();
    // Then
    assertThat(database.said(Topics.CONTROL_RULE.name()))
        .extracting(RetellingIT::key)
        .containsExactly("a-rule", "c-rule");
    assertThat(levels()).hasSize(1);
  }

  @Test
  void shouldNumberLevelsUpwardsThoughTheClockIsSetBack() {
    // Given
    controls.setLevel(AutonomyLevel.A3, null, null, WHO);
    clock.advance(Duration.ofDays(-3));
    // When
    controls.setLevel(AutonomyLevel.A1, null, null, WHO);
    retelling.tell();
    clock.advance(Duration.ofDays(9));
    retelling.tell();
    // Then
    long first = Instant.parse("2036-06-01T12:00:00Z").toEpochMilli();
    assertThat(levels())
        .containsExactly(
            "A3 " + first, "A1 " + (first + 1), "A1 " + (first + 1), "A1 " + (first + 1));
  }

  @Test
  void shouldTellTheLevelThatIsBeingSetAndNotTheOneOfBefore() throws Exception {
    // Given
    Thread[] telling = new Thread[1];
    // When
    database.transaction.executeWithoutResult(
        _ -> {
          controls.setLevel(AutonomyLevel.A4, null, null, WHO);
          telling[0] = Thread.ofVirtual().start(retelling::tell);
          await().until(() -> waits() || !telling[0].isAlive());
        });
    telling[0].join();
    // Then
    assertThat(levels()).hasSize(2).allSatisfy(level -> assertThat(level).startsWith("A4 "));
  }

  private static String key(OutboxRecord said) {
    return new String(Objects.requireNonNull(said.key()), StandardCharsets.UTF_8);
  }

  private List<String> levels() {
    return database.said(Topics.CONTROL_SETTING.name()).stream()
        .filter(said -> key(said).equals("autonomy"))
        .map(said -> Json.mapper().readTree(said.value()))
        .map(RetellingIT::level)
        .toList();
  }

  private static String level(JsonNode said) {
    return said.at("/value/level").asString() + " " + said.path("version").asLong();
  }

  /** Whether somebody waits for a lock of this database. */
  private boolean waits() {
    return database.count(
                "select count(*) from pg_locks join pg_database on oid = database where not granted and datname = current_database()")
            + database.count(
                "select count(*) from pg_locks where not granted and locktype = 'transactionid'")
        > 0;
  }

  private void insert(String into, String key, String body) {
    database
        .jdbc
        .sql(
            "insert into %s, version, body, created_at, updated_at) values (:key, 1, :body::json, now(), now())"
                .formatted(into))
        .param("key", key)
        .param("body", body)
        .update();
  }
}
