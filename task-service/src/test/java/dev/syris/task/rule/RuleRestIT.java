package dev.syris.task.rule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.control.RuleTripped;
import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.Topics;
import dev.syris.platform.assertion.Caller;
import dev.syris.platform.assertion.CallerAssertion;
import dev.syris.task.support.Database;
import dev.syris.task.support.RunningTask;
import dev.syris.task.support.Topic;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Rules at the service's own door, and what becomes of one that goes over its limit. */
@WithBackends
class RuleRestIT {

  private static final TestDatabase TEST = TestBackends.freshDatabase();
  private static final CallerAssertion ASSERTIONS =
      new CallerAssertion("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", InstantSource.system());
  private static final Caller ADMIN = new Caller("admin", "admin", Set.of("admin"));
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String RULE =
      """
      {"name":"doors","conditions":{"field":"content.text","op":"exists"},
       "actions":[{"type":"call_tool","tool":"noop","action":"run"}]}
      """;

  private static final String HOURS = "{\"windows\": [{\"start\": \"00:00\", \"end\": \"24:00\"}]}";

  private static RunningTask service;
  private static Database database;
  private static Topic audits;
  private static Topic published;

  @BeforeAll
  static void start() {
    audits = Topic.audit();
    published = new Topic(Topics.CONTROL_RULE.name());
    service = RunningTask.start(TEST, "syris-task-rule-it");
    database = new Database(TEST.as("syris_task"));
  }

  @AfterAll
  static void stop() {
    database.close();
    service.close();
    published.close();
    audits.close();
  }

  @Test
  void shouldCountEveryChangeTellTheTrailAndThePipeline() throws Exception {
    // When
    HttpResponse<String> made = send("PUT", "/rules/counted", RULE);
    HttpResponse<String> replaced = send("PUT", "/rules/counted", RULE, "If-Match", "\"1\"");
    HttpResponse<String> late = send("PUT", "/rules/counted", RULE, "If-Match", "\"1\"");
    HttpResponse<String> off = send("PATCH", "/rules/counted", "{\"enabled\": false}");
    HttpResponse<String> gone = send("DELETE", "/rules/counted", "");
    // Then
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(made.headers().firstValue("ETag")).contains("\"1\"");
    assertThat(replaced.headers().firstValue("ETag")).contains("\"2\"");
    assertThat(late.statusCode()).isEqualTo(412);
    assertThat(json(off).path("enabled").asBoolean()).isFalse();
    assertThat(gone.statusCode()).isEqualTo(204);
    await()
        .untilAsserted(
            () ->
                assertThat(changes("counted"))
                    .containsExactly(
                        "rule_create 1", "rule_replace 2", "rule_update 3", "rule_delete 3"));
    await()
        .untilAsserted(
            () -> assertThat(versions("counted")).containsExactly("1", "2", "3", "none"));
  }

  @Test
  void shouldGoOnCountingWhereARuleIsMadeAgain() throws Exception {
    // Given
    send("PUT", "/rules/again", RULE);
    send("PUT", "/rules/again", RULE);
    send("DELETE", "/rules/again", "");
    // When
    HttpResponse<String> made = send("PUT", "/rules/again", RULE);
    // Then
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(made.headers().firstValue("ETag")).contains("\"3\"");
    assertThat(json(made).path("version").asLong()).isEqualTo(3);
  }

  @Test
  void shouldSwitchOffWhatTrippedAndTakeTheAlarmBackOnceItIsEnabledAgain() throws Exception {
    // Given
    send("PUT", "/rules/storm", RULE);
    trip("storm", 1);
    await().untilAsserted(() -> assertThat(alarms("storm")).containsExactly("open"));
    assertThat(json(send("PATCH", "/rules/storm", "{\"name\": \"storms\"}")).path("enabled"))
        .isEqualTo(Json.mapper().getNodeFactory().booleanNode(false));
    assertThat(alarms("storm")).containsExactly("open");
    // When
    send("PATCH", "/rules/storm", "{\"enabled\": true}");
    // Then
    assertThat(alarms("storm")).containsExactly("resolved");
    await()
        .untilAsserted(
            () ->
                assertThat(types())
                    .containsSubsequence(
                        "alarm.raised", "operator.action.rule_update", "alarm.resolved"));
  }

  @Test
  void shouldTakeTheAlarmBackWithTheRule() throws Exception {
    // Given
    send("PUT", "/rules/gone", RULE);
    trip("gone", 1);
    await().untilAsserted(() -> assertThat(alarms("gone")).containsExactly("open"));
    // When
    send("DELETE", "/rules/gone", "");
    // Then
    assertThat(alarms("gone")).containsExactly("resolved");
  }

  @Test
  void shouldNotHearOfATripOfAnEarlierVersion() throws Exception {
    // Given
    send("PUT", "/rules/late", RULE);
    send("DELETE", "/rules/late", "");
    send("PUT", "/rules/late", RULE);
    send("PUT", "/rules/next", RULE);
    // When
    trip("late", 1);
    trip("next", 1); // read after it
    // Then
    await().untilAsserted(() -> assertThat(alarms("next")).containsExactly("open"));
    assertThat(alarms("late")).isEmpty();
    assertThat(
            database.count(
                "select count(*) from task.rule where rule_id = 'late' and body ->> 'enabled' = 'true'"))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UPDATED", "{\"name\":\"doors\",\"enabled\":true}"})
  void shouldSwitchOffOrTellOfWhatCouldNotBeWrittenNow(String kept) throws Exception {
    // Given
    String rule = "orphan-" + kept.length();
    send("PUT", "/quiet-hours/passing", HOURS);
    send(
        "PUT",
        "/rules/" + rule,
        RULE.replace("{\"name\"", "{\"quiet_hours_policy_id\":\"passing\",\"name\""));
    send("PUT", "/rules/behind-" + rule, RULE);
    database.jdbc.sql("delete from task.quiet_hours where name = 'passing'").update();
    if (kept.startsWith("{")) {
      database
          .jdbc
          .sql("update task.rule set body = :body::json where rule_id = :rule")
          .param("body", kept)
          .param("rule", rule)
          .update();
    }
    // When
    trip(rule, 1);
    trip("behind-" + rule, 1);
    // Then
    await().untilAsserted(() -> assertThat(alarms("behind-" + rule)).containsExactly("open"));
    assertThat(alarms(rule)).containsExactly("open");
    assertThat(
            database.count(
                "select count(*) from task.rule where body ->> 'enabled' = 'false' and rule_id = '%s'"
                    .formatted(rule)))
        .isEqualTo(kept.startsWith("{") ? 0 : 1);
  }

  @Test
  void shouldMakeARuleOnlyWhereThereIsNoneIfThatIsAskedFor() throws Exception {
    // When
    HttpResponse<String> made = send("PUT", "/rules/new", RULE, "If-None-Match", "*");
    HttpResponse<String> again = send("PUT", "/rules/new", RULE, "If-None-Match", "*");
    HttpResponse<String> same = send("PUT", "/rules/new", RULE, "If-None-Match", "W/\"9\", \"1\"");
    HttpResponse<String> other = send("PUT", "/rules/new", RULE, "If-None-Match", "\"9\"");
    // Then
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(again.statusCode()).isEqualTo(412);
    assertThat(same.statusCode()).isEqualTo(412);
    assertThat(other.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/rules/number",
        "/schedules/number",
        "/task-templates/number",
        "/quiet-hours/number"
      })
  void shouldPointAtANumberThatCanNotBeKept(String path) throws Exception {
    for (String number : List.of("1e200000", "-1.5E-200000", "0e99999", "9".repeat(401))) {
      // When
      HttpResponse<String> answer =
          send("PUT", path, "{\"a/b\": [1e300, {\"n\": %s}]}".formatted(number));
      // Then
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
      assertThat(json(answer).at("/errors/0/pointer").asString()).isEqualTo("/a~1b/1/n");
    }
  }

  private static void trip(String rule, long version) {
    var trip =
        new RuleTripped(
            rule,
            version,
            "doors",
            60,
            Instant.now(),
            new TraceId(UUID.randomUUID()),
            new EventId(UUID.randomUUID()));
    audits.send(
        new ProducerRecord<>(Topics.RULE_TRIPPED.name(), rule.getBytes(UTF_8), Json.bytes(trip)));
  }

  private static List<String> alarms(String rule) {
    return database
        .jdbc
        .sql("select status from task.alarm where dedupe_key = :key order by first_seen")
        .param("key", "rule.tripped:" + rule)
        .query(String.class)
        .list();
  }

  private static List<AuditEvent> said() {
    return audits.seen().stream().map(it -> Json.read(it.value(), AuditEvent.class)).toList();
  }

  private static List<String> types() {
    return said().stream().map(AuditEvent::type).toList();
  }

  private static List<String> changes(String rule) {
    return said().stream()
        .filter(audit -> rule.equals(audit.refs().get("rule_id")))
        .map(
            audit ->
                audit.type().replace("operator.action.", "")
                    + " "
                    + audit.details().path("version").asLong())
        .toList();
  }

  private static List<String> versions(String rule) {
    return published.seen().stream()
        .filter(told -> rule.equals(new String(told.key(), UTF_8)))
        .map(
            told ->
                told.value() == null
                    ? "none"
                    : Json.mapper().readTree(told.value()).path("version").asString())
        .toList();
  }

  private static HttpResponse<String> send(
      String method, String path, String body, String... headers) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
            .header(CallerAssertion.HEADER, ASSERTIONS.sign(ADMIN, method, path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofByteArray(body.getBytes(UTF_8)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return Json.mapper().readTree(answer.body());
  }
}
