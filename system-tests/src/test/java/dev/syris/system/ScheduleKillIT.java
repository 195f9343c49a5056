package dev.syris.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The task service is killed round the moments its schedules are due: each slot is run or missed,
 * once, as the catch-up policy says.
 */
@WithBackends
class ScheduleKillIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int CAP = 3;
  private static final String EVERY_SECOND = "\"type\":\"interval\",\"spec\":\"1\"";
  private static final Map<String, String> POLICIES =
      Map.of(
          "skip", "\"catch_up_policy\":\"skip\"",
          "run_once", "\"catch_up_policy\":\"run_once\"",
          "run_all_capped",
              "\"catch_up_policy\":\"run_all_capped\",\"catch_up_cap\":%d".formatted(CAP));

  @TempDir private Path folder;

  private TestDatabase test;
  private TaskDatabase database;
  private TaskServiceProcess service;

  @BeforeEach
  void start() throws Exception {
    test = TestBackends.freshDatabase();
    database = new TaskDatabase(test);
    service = new TaskServiceProcess(test, folder, "1");
    launch();
  }

  @AfterEach
  void stop() throws Exception {
    service.close();
    database.close();
  }

  @Test
  void shouldRunOrMissEachSlotOnceWhenItIsKilledOnEitherSideOfTheCommit() throws Exception {
    // Given
    Map<String, JsonNode> made = makeOfEachPolicy(EVERY_SECOND);
    service.kill();

    // When
    for (String place :
        List.of(
            "schedule.before-commit:1",
            "schedule.after-commit:1",
            "schedule.before-commit:4",
            "schedule.after-commit:4")) {
      service.launch("-Dsyris.test.halt-at=" + place);
      assertThat(service.endsWithin(SOON)).as(place).isTrue();
      assertThat(service.exitStatus()).as(service.console()).isEqualTo(86);
    }
    launch();

    // Then
    settle(made);
    Evidence evidence = Evidence.read();
    for (var entry : made.entrySet()) {
      ScheduleTrail trail = evidence.verified(entry.getValue());
      assertThat(trail.lateRounds()).as(entry.getKey()).hasSizeGreaterThanOrEqualTo(3);
      assertPolicy(entry.getKey(), trail);
    }
  }

  @Test
  void shouldDoAsThePolicySaysWhenItIsKilledASecondBeforeTheFiring() throws Exception {
    // Given
    Instant due = Instant.now().plusSeconds(6).truncatedTo(ChronoUnit.MILLIS);
    String once = "\"type\":\"one_shot\",\"spec\":\"%s\"".formatted(due);
    Map<String, JsonNode> often = makeOfEachPolicy(EVERY_SECOND);
    Map<String, JsonNode> single = makeOfEachPolicy(once);
    JsonNode tooOld = make(once + ",\"catch_up_policy\":\"run_once\",\"catch_up_window\":1");
    JsonNode fresh = make(once + ",\"catch_up_policy\":\"run_once\",\"catch_up_window\":600");

    // When
    until(due.minusSeconds(1));
    service.kill();
    until(due.plusSeconds(4));
    launch();

    // Then
    settle(often);
    Evidence evidence = Evidence.read();
    for (var entry : often.entrySet()) {
      ScheduleTrail trail = evidence.verified(entry.getValue());
      assertThat(trail.lateRounds()).as(entry.getKey()).hasSize(1);
      assertThat(trail.lateRounds().getFirst().late()).hasSizeGreaterThan(CAP);
      assertPolicy(entry.getKey(), trail);
    }
    assertThat(evidence.outcome(single.get("skip"))).isEqualTo("missed " + due);
    assertThat(evidence.outcome(single.get("run_once"))).isEqualTo("caught up " + due);
    assertThat(evidence.outcome(single.get("run_all_capped"))).isEqualTo("caught up " + due);
    assertThat(evidence.outcome(tooOld)).isEqualTo("missed " + due);
    assertThat(evidence.outcome(fresh)).isEqualTo("caught up " + due);
  }

  @Test
  void shouldGoOnWithoutTheOneThatIsFrozenAndRunNothingTwiceOnceItThaws() throws Exception {
    // Given
    try (var frozen = new TaskServiceProcess(test, folder, "2")) {
      frozen.launch();
      await().atMost(SOON).until(frozen::isReady);
      Map<String, JsonNode> made = makeOfEachPolicy(EVERY_SECOND);

      // When
      until(Instant.now().plusSeconds(2));
      frozen.freeze();
      awaitNextAfter(Instant.now().plusSeconds(4));
      frozen.thaw();

      // Then
      settle(made);
      assertThat(frozen.isAlive()).isTrue();
      Evidence evidence = Evidence.read();
      for (JsonNode schedule : made.values()) {
        assertThat(evidence.verified(schedule).fired()).hasSizeGreaterThanOrEqualTo(6);
      }
    }
  }

  private void launch() throws Exception {
    service.launch();
    await().atMost(SOON).until(service::isReady);
  }

  private void awaitNextAfter(Instant time) {
    await().atMost(SOON).until(() -> database.schedulesDueBy(time) == 0);
  }

  private static void until(Instant time) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> !Instant.now().isBefore(time));
  }

  private Map<String, JsonNode> makeOfEachPolicy(String when) throws Exception {
    var made = new TreeMap<String, JsonNode>();
    for (var policy : POLICIES.entrySet()) {
      made.put(policy.getKey(), make(when + "," + policy.getValue()));
    }
    return made;
  }

  private JsonNode make(String members) throws Exception {
    String body = "{\"name\":\"n\",\"payload\":{\"text\":\"now\"},%s}".formatted(members);
    Http.Answer answer = service.send("POST", "/schedules", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json();
  }

  /** Lets them be on time again, and switches them off. */
  private void settle(Map<String, JsonNode> made) throws Exception {
    awaitNextAfter(Instant.now().plusSeconds(2));
    for (JsonNode schedule : made.values()) {
      String path = "/schedules/" + schedule.path("schedule_id").asString();
      Http.Answer off = service.send("PATCH", path, "{\"enabled\":false}");
      assertThat(off.status()).as(off.text()).isEqualTo(200);
    }
    await().atMost(SOON).until(() -> database.outbox() == 0);
  }

  private static void assertPolicy(String policy, ScheduleTrail trail) {
    assertThat(trail.lateRounds())
        .allSatisfy(
            round ->
                assertThat(round.caughtUp().stream().sorted().toList())
                    .as("%s: %s", policy, round)
                    .isEqualTo(expected(policy, round)));
  }

  /** What is to be run of all that is late. */
  private static List<Instant> expected(String policy, ScheduleTrail.Round round) {
    List<Instant> late = round.late();
    int most =
        switch (policy) {
          case "skip" -> 0;
          case "run_once" -> round.onTime().isEmpty() ? 1 : 0;
          case "run_all_capped" -> CAP;
          default -> throw new IllegalArgumentException(policy);
        };
    return late.subList(late.size() - Math.min(most, late.size()), late.size());
  }

  /** What was said of schedules, to the trail and to the pipeline. */
  private record Evidence(Trail trail, FiredEvents events) {

    static Evidence read() {
      return new Evidence(Trail.read(), FiredEvents.read());
    }

    /** No slot is lost, none is told of twice, and there is one event for each that ran. */
    ScheduleTrail verified(JsonNode schedule) {
      ScheduleTrail told = of(schedule);
      assertThat(told.slots())
          .startsWith(Instant.parse(schedule.path("next_run_at").asString()))
          .doesNotHaveDuplicates();
      assertThat(told.gaps()).containsOnly(Duration.ofSeconds(1));
      return told;
    }

    /** Of one that is due once. */
    String outcome(JsonNode schedule) {
      ScheduleTrail told = of(schedule);
      assertThat(told.slots()).hasSize(1);
      ScheduleTrail.Round round = told.lateRounds().getFirst();
      return round.missed().isEmpty()
          ? "caught up " + round.caughtUp().getFirst()
          : "missed " + round.missed().getFirst();
    }

    private ScheduleTrail of(JsonNode schedule) {
      String id = schedule.path("schedule_id").asString();
      ScheduleTrail told = ScheduleTrail.of(trail, id);
      assertThat(events.slots(id)).isEqualTo(told.firedSlots());
      return told;
    }
  }
}
