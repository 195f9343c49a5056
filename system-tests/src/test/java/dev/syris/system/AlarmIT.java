package dev.syris.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Things go wrong in the packaged program: an alarm each, told to the operator once, and resolved
 * by itself. Where the cause would take an hour to pass, the owner of the database lets it pass.
 */
class AlarmIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String CONFIGURATION =
      "syris:\n  notify:\n    targets:\n      operator: {type: webhook, url: \"%s\"}\n";
  private static final String ONE_AN_HOUR = "notifications: {limit_per_hour: 1, tools: [notify]}\n";

  private static Recorder recorder;
  private static SyrisProcess syris;

  @BeforeAll
  static void start() throws Exception {
    recorder = Recorder.start();
    syris = SyrisProcess.start(CONFIGURATION.formatted(recorder.url("operator")));
    Files.writeString(syris.folder().resolve("policy.yml"), ONE_AN_HOUR);
    await()
        .atMost(SOON)
        .until(() -> !http().all("/audit?type=operator.action.policy_load").isEmpty());
  }

  @AfterAll
  static void stop() throws Exception {
    syris.close();
    recorder.close();
  }

  @Test
  void shouldNameTheConnectorWhoseRecordsCannotBeUsed() throws Exception {
    // Given
    try (var producer = KafkaClients.producer(syris)) {
      producer
          .send(KafkaClients.toInbox("{\"channel\":\"nowhere\",\"connector_id\":\"greenhouse\"}"))
          .get();
    }
    await().atMost(SOON).until(() -> http().all("/dead-letters").size() == 1);
    // When
    look();
    // Then
    assertRaised("dead_letters:greenhouse");
    assertThat(http().all("/audit?type=event.rejected&connector_id=greenhouse")).hasSize(1);
    // When: an hour has passed
    asOwner("update ledger.dead_letter set at = at - interval '2 hours'");
    look();
    // Then
    assertResolved("dead_letters:greenhouse");
  }

  @Test
  void shouldSayThatThereWereTooManyNotifications() throws Exception {
    // Given
    level("A3");
    for (int i = 0; i < 3; i++) {
      Http.Answer answer =
          http()
              .post(
                  "/tool-calls",
                  """
                  {"tool":"notify","action":"send","args":{"message":"m%d","target":"operator"}}
                  """
                      .formatted(i));
      assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    }
    await().atMost(SOON).until(() -> http().all("/audit?type=gate.storm_block").size() == 2);
    // When
    look();
    // Then
    assertRaised("notification.storm");
    assertAckedOnce(single("notification.storm").path("alarm_id").asString());
    // When: an hour has passed
    asOwner(
        "update task.tool_call set created_at = created_at - interval '2 hours' where status = 'blocked'");
    look();
    // Then
    assertResolved("notification.storm");
  }

  @Test
  void shouldTellATaskThatIsStuckFromOneThatWaitsForAnApproval() throws Exception {
    // Given: neither has moved for long; nobody is to go on with the first
    level("A1");
    String waiting =
        task("{\"name\":\"ask\",\"tool\":\"noop\",\"action\":\"run\",\"args\":{\"echo\":1}}");
    awaitWaiting(waiting, "approval");
    level("A3");
    String stuck =
        task(
            """
            {"name":"try","tool":"noop","action":"run","args":{"fail":"retryable"},"max_attempts":5,
             "retry_policy":{"strategy":"fixed","base_delay_ms":3600000,"max_delay_ms":3600000}}
            """);
    awaitWaiting(stuck, "retry");
    asOwner("update task.task set updated_at = now() - interval '20 minutes'");
    asOwner(
        "update task.task set ready_at = null, waiting_for = null where task_id = '%s'"
            .formatted(stuck));
    // When
    look();
    // Then
    assertRaised("task.stuck:" + stuck);
    assertThat(alarms("task.stuck:" + waiting)).isEmpty();
    // When
    asOwner("update task.task set ready_at = now() where task_id = '%s'".formatted(stuck));
    awaitWaiting(stuck, "retry");
    look();
    // Then
    assertResolved("task.stuck:" + stuck);
    assertThat(alarms("task.stuck:" + waiting)).isEmpty();
  }

  private static String task(String step) throws Exception {
    Http.Answer made =
        http().post("/tasks", "{\"name\":\"t\",\"steps\":[%s]}".formatted(step.strip()));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.json().path("task_id").asString();
  }

  private static void awaitWaiting(String task, String what) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(http().get("/tasks/" + task).json().path("waiting_for").asString(""))
                    .isEqualTo(what));
  }

  private static void level(String level) throws Exception {
    Http.Answer answer = http().post("/controls/autonomy", "{\"level\":\"%s\"}".formatted(level));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  /** Switched on again, the watcher has its turn at once. */
  private static void look() throws Exception {
    http().patch("/watchers/system", "{\"enabled\": false}");
    String before = lastTick();
    http().patch("/watchers/system", "{\"enabled\": true}");
    await().atMost(SOON).until(() -> !lastTick().equals(before));
  }

  private static String lastTick() throws Exception {
    return http().get("/watchers/system").json().path("last_tick_at").asString("");
  }

  private static void assertRaised(String key) throws Exception {
    JsonNode alarm = single(key);
    assertThat(alarm.path("status").asString()).isEqualTo("open");
    assertThat(audits("alarm.raised", alarm)).hasSize(1);
    String summary = alarm.path("summary").toString().replaceAll("^\"|\"$", "");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(recorder.requests("operator"))
                    .filteredOn(request -> request.body().contains(summary))
                    .hasSize(1));
  }

  private static void assertAckedOnce(String alarm) throws Exception {
    Http.Answer acked = http().post("/alarms/" + alarm + "/ack", "{\"note\":\"seen\"}");
    assertThat(acked.status()).as(acked.text()).isEqualTo(200);
    assertThat(acked.json().path("status").asString()).isEqualTo("acked");
    assertThat(acked.json().at("/acked/note").asString()).isEqualTo("seen");
    assertThat(http().post("/alarms/" + alarm + "/ack", "{}").status()).isEqualTo(409);
  }

  private static void assertResolved(String key) throws Exception {
    JsonNode alarm = single(key);
    assertThat(alarm.path("status").asString()).isEqualTo("resolved");
    assertThat(alarm.at("/resolved/by/type").asString()).isEqualTo("system");
    await().atMost(SOON).until(() -> audits("alarm.resolved", alarm).size() == 1);
    assertThat(audits("alarm.raised", alarm)).hasSize(1);
  }

  private static JsonNode single(String key) throws Exception {
    List<JsonNode> alarms = alarms(key);
    assertThat(alarms).as(key).hasSize(1);
    return alarms.getFirst();
  }

  private static List<JsonNode> alarms(String key) throws Exception {
    return http().all("/alarms").stream()
        .filter(alarm -> alarm.path("dedupe_key").asString().equals(key))
        .toList();
  }

  private static List<JsonNode> audits(String type, JsonNode alarm) throws Exception {
    String id = alarm.path("alarm_id").asString();
    return http().all("/audit?type=" + type).stream()
        .filter(audit -> audit.at("/refs/alarm_id").asString("").equals(id))
        .toList();
  }

  private static void asOwner(String sql) throws Exception {
    String port = syris.file("ports.properties").getProperty("postgres");
    String password = syris.file("credentials.properties").getProperty("postgres.syris_owner");
    try (Connection owner =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/syris", "syris_owner", password);
        var statement = owner.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
  }

  private static Http http() throws Exception {
    return syris.http();
  }
}
