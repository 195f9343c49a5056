package dev.syris.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.json.Json;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import tools.jackson.databind.JsonNode;

/**
 * Numbered tasks, whoever works on them and dies, and an operator who settles what nobody knows by
 * what the outside saw. What came of it is checked at the end.
 */
final class KillHarness implements AutoCloseable {

  private static final Duration WORK = Duration.ofMillis(20);
  private static final Duration LIFE = Duration.ofSeconds(60);
  private static final Duration FINISH = Duration.ofMinutes(5);

  private final TestDatabase test = TestBackends.freshDatabase();
  private final Path folder = Files.createTempDirectory("syris-kills");
  private final Recorder recorder = Recorder.start();
  private final TaskDatabase database = new TaskDatabase(test);
  private final List<TaskServiceProcess> services = new ArrayList<>();
  private final Map<String, Integer> hits = new TreeMap<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final NumberedTasks tasks;
  private final TaskPoster poster;
  private final long beganNanos = System.nanoTime();

  private int kills;
  private int settled;

  /**
   * @param timeout of each step
   * @param instances of the task service, all on one database
   */
  KillHarness(int taskCount, Duration timeout, int instances) throws Exception {
    recorder.answerAfter(WORK);
    tasks = new NumberedTasks("numbered-" + test.name(), taskCount, timeout, recorder);
    for (int i = 1; i <= instances; i++) {
      services.add(new TaskServiceProcess(test, folder, Integer.toString(i)));
    }
    poster = new TaskPoster(tasks, this::oneOfThem, gateway());
  }

  private static KafkaProducer<byte[], byte[]> gateway() {
    return new KafkaProducer<>(
        TestBackends.kafka("gateway").producerConfig("kill-harness"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private TaskServiceProcess oneOfThem() {
    return services.get(turn.getAndIncrement() % services.size());
  }

  TaskServiceProcess service(int number) {
    return services.get(number - 1);
  }

  Recorder recorder() {
    return recorder;
  }

  TaskDatabase database() {
    return database;
  }

  TaskPoster poster() {
    return poster;
  }

  /** One life of the first instance, which ends as planned. */
  void live(Kill kill) throws Exception {
    TaskServiceProcess service = service(1);
    switch (kill) {
      case Kill.At at -> {
        service.launch(at.option());
        if (service.endsWithin(LIFE)) {
          assertThat(service.exitStatus()).as(service.console()).isEqualTo(86);
          hits.merge(at.point(), 1, Integer::sum);
        } else {
          kill(service);
          hits.merge(at.point() + " (never reached)", 1, Integer::sum);
        }
      }
      case Kill.Starting(long millis) -> {
        service.launch();
        assertThat(service.endsWithin(Duration.ofMillis(millis))).isFalse();
        kill(service);
        hits.merge("starting", 1, Integer::sum);
      }
      case Kill.Working(int requests) -> {
        int mark = recorder.count() + requests;
        service.launch();
        await()
            .atMost(LIFE)
            .pollInterval(Duration.ofMillis(2))
            .until(() -> recorder.count() >= mark || isIdle());
        kill(service);
        hits.merge("working", 1, Integer::sum);
      }
    }
    kills++;
  }

  private static void kill(TaskServiceProcess service) throws InterruptedException {
    assertThat(service.isAlive()).isTrue();
    service.kill();
  }

  /** Nothing is left to be done of what was asked for. */
  private boolean isIdle() throws Exception {
    return poster.isUpToDate()
        && database.tasks().getOrDefault("pending", 0) == 0
        && database.steps().getOrDefault("running", 0) == 0;
  }

  void killed() {
    kills++;
  }

  /** Lets everything finish, and settles what has to be settled. */
  void finish() {
    await()
        .atMost(FINISH)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> {
              settle();
              return poster.done() == tasks.count()
                  && Map.of("succeeded", tasks.count()).equals(database.tasks())
                  && database.outbox() == 0;
            });
  }

  /** The operator looks at the outside: what arrived was done; what did not is sent again. */
  void settle() throws Exception {
    for (JsonNode call : database.unknown()) {
      String url = call.path("args").path("url").asString();
      boolean arrived = !recorder.requests(url.substring(url.lastIndexOf('/') + 1)).isEmpty();
      String path = "/tool-calls/%s/resolve".formatted(call.path("tool_call_id").asString());
      String body =
          Json.object()
              .put("outcome", arrived ? "succeeded" : "retry")
              .put("reason", arrived ? "the recorder has it" : "the recorder does not have it")
              .toString();
      Http.Answer answer = oneOfThem().send("POST", path, body);
      assertThat(answer.status()).as(answer.text()).isIn(200, 409, 503);
      settled += answer.status() == 200 ? 1 : 0;
    }
  }

  /** Nothing is lost, nothing is done twice, and every gap was said. */
  void verify() throws Exception {
    List<String> honoured = tasks.numbers(true);
    List<String> once = tasks.numbers(false);
    assertThat(database.steps()).isEqualTo(Map.of("succeeded", tasks.allSteps()));
    assertThat(honoured)
        .allSatisfy(number -> assertThat(recorder.keys(number)).as(number).hasSize(1));
    assertThat(once)
        .allSatisfy(number -> assertThat(recorder.requests(number)).as(number).hasSize(1));
    var trail = Trail.read();
    List<JsonNode> calls = database.calls();
    var ours = calls.stream().map(call -> call.path("tool_call_id").asString()).toList();
    var unknown = new ArrayList<>(trail.refs("tool_call.unknown", "tool_call_id"));
    unknown.retainAll(ours);
    assertThat(trail.refs("alarm.raised", "tool_call_id")).containsAll(unknown);
    assertThat(trail.refs("tool_call.resolved", "tool_call_id")).containsAll(unknown);
    Map<String, Long> created = trail.counted("task.created", "task_id");
    Map<String, Long> succeeded = trail.counted("task.succeeded", "task_id");
    assertThat(calls)
        .extracting(call -> call.path("task_id").asString())
        .allSatisfy(task -> assertThat(created.get(task)).as("created " + task).isEqualTo(1))
        .allSatisfy(task -> assertThat(succeeded.get(task)).as("done " + task).isEqualTo(1));
    Map<String, Long> completed = trail.counted("task.step_completed", "step_id");
    assertThat(calls)
        .extracting(call -> call.path("step_id").asString())
        .allSatisfy(step -> assertThat(completed.get(step)).as("step " + step).isEqualTo(1));
    Set<String> interrupted = new HashSet<>(trail.refs("task.interrupted", "task_id"));
    interrupted.retainAll(calls.stream().map(call -> call.path("task_id").asString()).toList());
    int repeats = honoured.stream().mapToInt(number -> recorder.requests(number).size() - 1).sum();
    System.out.printf(
        "%d kills, %d tasks, %d steps, %d requests: 0 lost, 0 effects twice; %d requests repeated"
            + " with their key, %d unknown (all with an alarm), %d settled by hand, %d late"
            + " answers, %d tasks interrupted, %d audit records published twice with one id;"
            + " %.1f s%n%s%n",
        kills,
        tasks.count(),
        tasks.allSteps(),
        recorder.count(),
        repeats,
        unknown.size(),
        settled,
        database.lateAnswers(),
        interrupted.size(),
        trail.repeated(),
        (System.nanoTime() - beganNanos) / 1e9,
        hits);
  }

  Map<String, Integer> hits() {
    return hits;
  }

  @Override
  public void close() throws Exception {
    poster.close();
    for (TaskServiceProcess service : services) {
      service.close();
    }
    database.close();
    recorder.close();
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
