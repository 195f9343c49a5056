package dev.syris.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tasks on the packaged program, which is killed as a whole, or only its database. */
class TaskProgramKillIT {

  private static final int KILLS = 5;
  private static final int TASKS = 60;
  private static final Duration SETTLE = Duration.ofSeconds(90);

  private SyrisProcess syris;
  private Recorder recorder;
  private NumberedTasks tasks;

  @BeforeEach
  void start() throws Exception {
    recorder = Recorder.start();
    recorder.answerAfter(Duration.ofMillis(100));
    tasks = new NumberedTasks("numbered", TASKS, Duration.ofSeconds(20), recorder);
    syris = SyrisProcess.start();
    syris.http().post("/controls/autonomy", "{\"level\":\"A3\"}");
  }

  @AfterEach
  void stop() throws Exception {
    syris.close();
    recorder.close();
  }

  @Test
  void shouldFinishEveryTaskWithNoEffectTwiceWhenTheProgramIsKilledFiveTimes() throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      // Given
      int mark = recorder.count() + 5;
      create(kill * TASKS / KILLS, (kill + 1) * TASKS / KILLS);
      await()
          .atMost(SETTLE)
          .pollInterval(Duration.ofMillis(2))
          .until(() -> recorder.count() >= mark);

      // When
      syris.kill();
      syris.launch();
    }

    // Then
    await()
        .atMost(SETTLE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(() -> assertThat(open()).isEmpty());
    Set<String> unknown = new HashSet<>();
    for (JsonNode call : syris.http().all("/tool-calls?status=unknown")) {
      unknown.add(call.path("tool_call_id").asString());
      settle(call);
    }
    await()
        .atMost(SETTLE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(() -> assertThat(syris.http().all("/tasks?status=running")).isEmpty());
    assertNothingTwice();
    assertThat(raised()).isEqualTo(unknown);
    JsonNode verified = syris.http().get("/audit/verify").json();
    assertThat(verified.path("valid").asBoolean()).as(verified.toString()).isTrue();
    System.out.printf(
        "the whole program killed %d times: %d tasks, %d requests, %d unknown, chain of %d valid%n",
        KILLS, TASKS, recorder.count(), unknown.size(), verified.path("rows").asLong());
  }

  @Test
  void shouldFinishEveryTaskWithoutAGapWhenOnlyTheDatabaseIsKilled() throws Exception {
    // Given
    create(0, TASKS);
    await().atMost(SETTLE).until(() -> recorder.count() >= 10);
    long postmaster =
        Long.parseLong(
            Files.readAllLines(syris.folder().resolve("postgres/data/postmaster.pid")).getFirst());

    // When
    ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();

    // Then
    await()
        .atMost(SETTLE)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions()
        .untilAsserted(
            () -> assertThat(syris.http().all("/tasks?status=succeeded")).hasSize(TASKS));
    assertNothingTwice();
    assertThat(raised()).isEmpty();
  }

  private void create(int from, int to) throws Exception {
    for (int task = from; task < to; task++) {
      Http.Answer answer = syris.http().post("/tasks", tasks.plan(task));
      assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }
  }

  /** Tasks that are neither done nor wait for the operator. */
  private List<String> open() throws IOException, InterruptedException {
    var open = new ArrayList<String>();
    for (JsonNode task : syris.http().all("/tasks")) {
      boolean over = task.path("status").asString().equals("succeeded");
      boolean waits = task.path("waiting_for").asString("").equals("operator");
      if (!over && !waits) {
        open.add(task.path("name").asString());
      }
    }
    return open;
  }

  private void settle(JsonNode call) throws IOException, InterruptedException {
    String url = call.path("args").path("url").asString();
    boolean arrived = !recorder.requests(url.substring(url.lastIndexOf('/') + 1)).isEmpty();
    String body =
        Json.object()
            .put("outcome", arrived ? "succeeded" : "failed")
            .put("reason", "looked at the recorder")
            .toString();
    String path = "/tool-calls/%s/resolve".formatted(call.path("tool_call_id").asString());
    Http.Answer answer = syris.http().post(path, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private void assertNothingTwice() {
    assertThat(tasks.numbers(true))
        .allSatisfy(number -> assertThat(recorder.keys(number)).as(number).hasSize(1));
    assertThat(tasks.numbers(false))
        .allSatisfy(number -> assertThat(recorder.requests(number)).as(number).hasSizeLessThan(2));
  }

  /** Calls an alarm was raised for. */
  private Set<String> raised() throws IOException, InterruptedException {
    Set<String> raised = new HashSet<>();
    for (JsonNode alarm : syris.http().all("/audit?type=alarm.raised")) {
      if (alarm.at("/details/alarm_type").asString().equals("tool_call.unknown")) {
        raised.add(alarm.path("refs").path("tool_call_id").asString());
      }
    }
    return raised;
  }
}
