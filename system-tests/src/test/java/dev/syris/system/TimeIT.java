package dev.syris.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Schedules, watchers, the heartbeat and alarms, through the packaged program. */
class TimeIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String FAST_HEARTBEAT = "syris:\n  task:\n    heartbeat: 2s\n";

  private static SyrisProcess syris;

  @BeforeAll
  static void start() throws Exception {
    syris = SyrisProcess.start(FAST_HEARTBEAT);
  }

  @AfterAll
  static void stop() throws Exception {
    syris.close();
  }

  @Test
  void shouldBeSeenFiringAndItsEventGoThroughThePipelineLikeAnyOther() throws Exception {
    // Given
    Http.Answer made =
        http()
            .post(
                "/schedules",
                """
                {"name":"often","type":"interval","spec":"2",
                 "payload":{"text":"tick","structured":{"a":1}}}
                """);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    String id = made.json().path("schedule_id").asString();
    // When
    await().atMost(SOON).until(() -> of(id, "schedule.fired").size() >= 3);
    Http.Answer off = http().patch("/schedules/" + id, "{\"enabled\": false}");
    // Then
    JsonNode fired = of(id, "schedule.fired").getFirst();
    String trace = fired.path("trace_id").asString();
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(http().auditTypes(trace))
                    .containsExactlyInAnyOrder(
                        "schedule.fired", "event.ingested", "routing.decided"));
    JsonNode event = http().get("/events/" + fired.at("/refs/event_id").asString()).json();
    assertThat(event.at("/source/channel").asString()).isEqualTo("scheduler");
    assertThat(event.at("/source/connector_id").asString()).isEqualTo(id);
    assertThat(event.at("/content/text").asString()).isEqualTo("tick");
    assertThat(off.json().path("enabled").asBoolean()).isFalse();
    assertThat(off.json().path("missed_count").asInt()).isZero();
    assertThat(http().delete("/schedules/" + id).status()).isEqualTo(204);
    assertThat(http().get("/schedules/" + id).status()).isEqualTo(404);
  }

  @Test
  void shouldTellWhenItWillBeDueOnTheDayTheClocksAreChanged() throws Exception {
    // When
    Http.Answer upcoming =
        http()
            .post(
                "/schedules/upcoming?n=400",
                """
                {"name":"early","type":"cron","spec":"30 2 * * *","timezone":"Europe/Berlin"}
                """);
    // Then
    assertThat(upcoming.status()).as(upcoming.text()).isEqualTo(200);
    assertThat(upcoming.json().path("items")).hasSize(400);
    List<String> local =
        upcoming.json().path("local").valueStream().map(JsonNode::asString).toList();
    assertThat(local).filteredOn(time -> time.contains("T03:00+02:00")).isNotEmpty();
    assertThat(local).allMatch(time -> time.contains("T02:30+0") || time.contains("T03:00+02:00"));
  }

  @Test
  void shouldSetAnAlarmAndListWhatIsScheduledByText() throws Exception {
    // When
    String alarm = say("wake me at 7:15");
    String list = say("what's scheduled");
    // Then
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(http().auditTypes(alarm)).endsWith("tool_call.succeeded");
              assertThat(http().auditTypes(list)).endsWith("tool_call.succeeded");
            });
    assertThat(http().all("/schedules?enabled=true"))
        .anySatisfy(
            schedule -> {
              assertThat(schedule.path("kind").asString()).isEqualTo("alarm");
              assertThat(schedule.path("next_run_at").asString())
                  .isGreaterThan(Instant.now().toString());
            });
    assertThat(http().audit(list).getLast().path("tool").asString()).isEqualTo("schedule");
  }

  @Test
  void shouldStopTickingWhenAWatcherIsSwitchedOffAndSayWhoDidIt() throws Exception {
    // Given
    await().atMost(SOON).until(() -> !ticks("system").isEmpty());
    assertThat(ticks("system")).allMatch(it -> it.at("/details/outcome").asString().equals("ok"));
    // When
    Http.Answer off = http().patch("/watchers/system", "{\"enabled\": false}");
    // Then
    assertThat(off.status()).as(off.text()).isEqualTo(200);
    assertThat(off.json().path("enabled").asBoolean()).isFalse();
    await()
        .atMost(SOON)
        .until(() -> !http().all("/audit?type=operator.action.watcher_disable").isEmpty());
    JsonNode said = http().all("/audit?type=operator.action.watcher_disable").getFirst();
    assertThat(said.at("/actor/type").asString()).isEqualTo("token");
    assertThat(said.at("/refs/watcher_id").asString()).isEqualTo("system");
    long switchedOff = said.path("sequence").asLong();
    int beats = ticks("heartbeat").size();
    await().atMost(SOON).until(() -> ticks("heartbeat").size() > beats + 1);
    assertThat(ticks("system")).allMatch(tick -> tick.path("sequence").asLong() < switchedOff);
    assertThat(http().patch("/watchers/system", "{\"enabled\": true}").status()).isEqualTo(200);
    assertThat(http().patch("/watchers/nobody", "{\"enabled\": true}").status()).isEqualTo(404);
    assertThat(http().patch("/watchers/system", "{\"interval\": 1}").status()).isEqualTo(422);
  }

  @Test
  void shouldSayThatItStoodStillOnceItIsBackAndRaiseOneAlarm() throws Exception {
    // Given
    await().atMost(SOON).until(() -> ticks("heartbeat").size() >= 2);
    await()
        .atMost(SOON)
        .until(() -> http().all("/alarms?type=heartbeat.missed&status=open").isEmpty());
    // When
    syris.signal("STOP");
    Instant frozen = Instant.now();
    await().atMost(SOON).until(() -> Instant.now().isAfter(frozen.plusSeconds(7)));
    syris.signal("CONT");
    // Then
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .until(
            () ->
                missedAt(frozen).stream()
                    .anyMatch(alarm -> alarm.path("status").asString().equals("resolved")));
    assertThat(missedAt(frozen))
        .singleElement()
        .satisfies(alarm -> assertThat(alarm.path("count").asInt()).isEqualTo(1))
        .satisfies(
            alarm -> assertThat(alarm.at("/resolved/by/type").asString()).isEqualTo("system"))
        .satisfies(
            alarm ->
                assertThat(alarm.at("/details/missed_beats").asInt()).isGreaterThanOrEqualTo(2));
    assertThat(http().get("/health").json().at("/interruption/cause").asString())
        .isEqualTo("frozen");
    awaitHealth("healthy");
  }

  /** Alarms about the beats that were missed then. */
  private static List<JsonNode> missedAt(Instant time) throws Exception {
    return http().all("/alarms?type=heartbeat.missed").stream()
        .filter(alarm -> Instant.parse(alarm.at("/details/from").asString()).isBefore(time))
        .filter(alarm -> Instant.parse(alarm.at("/details/until").asString()).isAfter(time))
        .toList();
  }

  @Test
  void shouldBeDegradedByTheHeartbeatAloneWhileThatIsSwitchedOff() throws Exception {
    // Given
    awaitHealth("healthy");
    // When
    Http.Answer off = http().patch("/watchers/heartbeat", "{\"enabled\": false}");
    // Then
    assertThat(off.status()).as(off.text()).isEqualTo(200);
    awaitHealth("degraded", "heartbeat");
    assertThat(http().get("/health").status()).isEqualTo(200);
    assertThat(http().patch("/watchers/heartbeat", "{\"enabled\": true}").status()).isEqualTo(200);
    awaitHealth("healthy");
  }

  private static void awaitHealth(String status, String... degraded) {
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              JsonNode health = http().get("/health").json();
              assertThat(health.path("status").asString()).isEqualTo(status);
              assertThat(health.path("degraded_subsystems").valueStream().map(JsonNode::asString))
                  .containsExactly(degraded);
            });
  }

  @Test
  void shouldDoAsThePolicySaysAboutWhatWasDueWhileItWasDead() throws Exception {
    // Given: five slots, two seconds apart; the program dies a second before the first
    List<String> ids =
        List.of(
            schedule("skip", "\"catch_up_policy\":\"skip\""),
            schedule("once", "\"catch_up_policy\":\"run_once\""),
            schedule("all", "\"catch_up_policy\":\"run_all_capped\",\"catch_up_cap\":2"));
    List<String> firsts = new ArrayList<>();
    for (String id : ids) {
      firsts.add(http().get("/schedules/" + id).json().path("next_run_at").asString());
    }
    String first = firsts.getFirst();
    await().until(() -> Instant.now().isAfter(Instant.parse(first).minusSeconds(1)));
    // When
    syris.kill();
    await().atMost(SOON).until(() -> Instant.now().isAfter(Instant.parse(first).plusSeconds(5)));
    syris.launch();
    // Then
    assertThat(http().get("/health").json().path("restart_reason").asString()).isEqualTo("killed");
    for (String id : ids) {
      await()
          .atMost(SOON)
          .until(
              () ->
                  of(id, "schedule.fired").stream()
                      .anyMatch(fired -> !fired.path("details").has("catch_up_policy")));
      http().patch("/schedules/" + id, "{\"enabled\": false}");
    }
    assertThat(late(ids.get(0))).isZero();
    assertThat(late(ids.get(1))).isLessThanOrEqualTo(1);
    assertThat(late(ids.get(2))).isEqualTo(2);
    for (int i = 0; i < ids.size(); i++) {
      String id = ids.get(i);
      JsonNode now = http().get("/schedules/" + id).json();
      await().atMost(SOON).until(() -> of(id, "schedule.missed").size() >= 1);
      assertThat(of(id, "schedule.missed")).hasSize(now.path("missed_count").asInt());
      assertThat(trail(id).slots())
          .doesNotHaveDuplicates()
          .startsWith(Instant.parse(firsts.get(i)));
      assertThat(trail(id).gaps()).containsOnly(Duration.ofSeconds(2));
    }
  }

  private static long late(String id) throws Exception {
    return trail(id).lateRounds().stream().mapToLong(round -> round.caughtUp().size()).sum();
  }

  private static ScheduleTrail trail(String id) throws Exception {
    return new ScheduleTrail(of(id, "schedule.fired"), of(id, "schedule.missed"));
  }

  private static String schedule(String name, String policy) throws Exception {
    Http.Answer made =
        http()
            .post(
                "/schedules",
                "{\"name\":\"%s\",\"type\":\"interval\",\"spec\":\"2\",\"payload\":{},%s}"
                    .formatted(name, policy));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.json().path("schedule_id").asString();
  }

  private static List<JsonNode> of(String schedule, String type) throws Exception {
    return http().all("/audit?type=" + type).stream()
        .filter(audit -> schedule.equals(audit.at("/refs/schedule_id").asString("")))
        .toList();
  }

  private static List<JsonNode> ticks(String watcher) throws Exception {
    return http().all("/audit?type=watcher.tick").stream()
        .filter(audit -> watcher.equals(audit.at("/refs/watcher_id").asString("")))
        .toList();
  }

  private static String say(String text) throws Exception {
    return http()
        .accept("{\"channel\":\"chat\",\"connector_id\":\"me\",\"text\":\"%s\"}".formatted(text));
  }

  private static Http http() throws Exception {
    return syris.http();
  }
}
