package dev.syris.task.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.task.support.Database;
import dev.syris.task.support.Requests;
import dev.syris.task.support.ScriptedTool;
import dev.syris.task.tool.ActionDefinition.Effect;
import dev.syris.task.tool.Invocation;
import dev.syris.task.tool.ToolAnswer;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@WithBackends
class ToolRuntimeIT {

  private final TestDatabase test = TestBackends.freshDatabase();
  private final Database database = new Database(test.as("syris_task"));
  private final ScriptedTool lamp = ScriptedTool.of("lamp", Effect.ONCE, "light");

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void shouldRecordAttemptAndOutcomeWhenACallIsAllowed() {
    try (var process = new Process(test, "1", lamp).start()) {
      // Given
      ToolCallRequest request = lamp("{\"n\": 7}", "light");
      // When
      process.receive(request);
      // Then
      awaitStatus(request, "succeeded");
      assertThat(lamp.calls())
          .singleElement()
          .satisfies(call -> assertThat(call.idempotencyKey()).isEqualTo(request.idempotencyKey()));
      assertThat(database.types(request.toolCallId()))
          .containsExactly("tool_call.attempted", "tool_call.succeeded");
      assertThat(body(request))
          .isEqualTo(
              """
              {"status":"succeeded","output":{"done":true},"risk_level":"low","autonomy_level":"A2","args":{"n":7}}\
              """);
    }
  }

  @Test
  void shouldBlockWithOneRecordAndNoCallWhenAScopeIsMissing() {
    try (var process = new Process(test, "1", lamp).start()) {
      // Given
      ToolCallRequest request = lamp("{}", "timer", "status");
      // When
      process.receive(request);
      // Then
      awaitStatus(request, "blocked");
      assertThat(lamp.calls()).isEmpty();
      assertThat(database.audits(request.toolCallId()))
          .singleElement()
          .satisfies(
              audit -> {
                assertThat(audit.type()).isEqualTo("tool_call.blocked");
                assertThat(audit.details().at("/error/code").asString()).isEqualTo("scope.missing");
              });
    }
  }

  @Test
  void shouldFailAfterAnAttemptWhenTheToolIsNotThere() {
    try (var process = new Process(test, "1", lamp).start()) {
      // Given
      ToolCallRequest request = Requests.request("oven", "heat", "{}", List.of());
      // When
      process.receive(request);
      // Then
      awaitStatus(request, "failed");
      assertThat(database.types(request.toolCallId()))
          .containsExactly("tool_call.attempted", "tool_call.failed");
    }
  }

  @Test
  void shouldCallOnceWhenTheSameKeyComesUnderManyIds() {
    try (var process = new Process(test, "1", lamp).start()) {
      // Given
      ToolCallRequest first = lamp("{\"n\": 1}", "light");
      List<ToolCallRequest> others =
          IntStream.range(0, 20).mapToObj(_ -> Requests.sameKey(first, "{\"n\": 1.0}")).toList();
      // When
      process.receive(first);
      process.receive(others.toArray(ToolCallRequest[]::new));
      process.receive(first, first);
      // Then
      others.forEach(other -> awaitStatus(other, "canceled"));
      awaitStatus(first, "succeeded");
      assertThat(lamp.calls()).hasSize(1);
      assertThat(database.types(first.toolCallId())).hasSize(2);
      assertThat(database.types(others.getFirst().toolCallId()))
          .containsExactly("tool_call.deduped");
    }
  }

  @Test
  void shouldFailWithAConflictWhenAKeyComesWithAnotherRequest() {
    try (var process = new Process(test, "1", lamp).start()) {
      // Given
      ToolCallRequest first = lamp("{\"n\": 1}", "light");
      ToolCallRequest other = Requests.sameKey(first, "{\"n\": 2}");
      // When
      process.receive(first, other);
      // Then
      awaitStatus(other, "failed");
      awaitStatus(first, "succeeded");
      assertThat(lamp.calls()).hasSize(1);
      AuditEvent failed = database.audits(other.toolCallId()).getLast();
      assertThat(failed.details().at("/error/code").asString()).isEqualTo("idempotency.conflict");
    }
  }

  @Test
  void shouldStartInOrderOfArrivalAndNeverMoreThanItMay() {
    // Given
    var gate = new CountDownLatch(1);
    lamp.does(_ -> waitFor(gate));
    try (var process = new Process(test, "1", lamp).start()) {
      ToolCallRequest[] requests =
          IntStream.range(0, 150)
              .mapToObj(n -> lamp("{\"n\": %d}".formatted(n), "light"))
              .toArray(ToolCallRequest[]::new);
      // When
      process.receive(requests);
      await().until(() -> lamp.calls().size() == 64);
      long started = database.count("select count(*) from task.tool_call where status = 'started'");
      gate.countDown();
      // Then
      await().until(() -> lamp.calls().size() == 150);
      assertThat(started).isEqualTo(64);
      assertThat(lamp.calls().stream().limit(64).map(call -> call.args().get("n").asInt()))
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 64).boxed().toList());
    }
  }

  @Test
  void shouldKeepWhatTheToolSaysWhenItFails() {
    // Given
    lamp.does(_ -> new ToolAnswer.Failed(ErrorDetail.retryable("lamp.hot", "too hot")));
    try (var process = new Process(test, "1", lamp).start()) {
      ToolCallRequest request = lamp("{}", "light");
      // When
      process.receive(request);
      // Then
      awaitStatus(request, "failed");
      assertThat(database.types(request.toolCallId()))
          .containsExactly("tool_call.attempted", "tool_call.failed");
    }
  }

  @Test
  void shouldAskTheOperatorWhenAToolEndsInAnException() {
    // Given
    lamp.does(
        _ -> {
          throw new IllegalStateException("a bug");
        });
    try (var process = new Process(test, "1", lamp).start()) {
      ToolCallRequest request = lamp("{}", "light");
      // When
      process.receive(request);
      // Then
      awaitStatus(request, "unknown");
      assertThat(database.types(request.toolCallId()))
          .containsExactly("tool_call.attempted", "tool_call.unknown", "alarm.raised");
    }
  }

  @Test
  void shouldNotTakeATimeoutForAnOutcomeAndKeepTheLateAnswer() {
    // Given
    var gate = new CountDownLatch(1);
    ScriptedTool slow =
        ScriptedTool.of("slow", Effect.ONCE, Duration.ofMillis(100))
            .does(_ -> waitUninterruptibly(gate));
    try (var process = new Process(test, "1", slow).start()) {
      ToolCallRequest request = Requests.request("slow", "go", "{}", List.of());
      // When
      process.receive(request);
      awaitStatus(request, "unknown");
      gate.countDown();
      // Then
      await().until(() -> database.count("select count(*) from task.late_answer") == 1);
      assertThat(database.types(request.toolCallId()))
          .containsExactly("tool_call.attempted", "tool_call.unknown", "alarm.raised");
      assertThat(slow.calls()).hasSize(1);
    }
  }

  @Test
  void shouldRepeatWithTheSameKeyWhenAnIdempotentCallTimesOut() {
    // Given
    var first = new CountDownLatch(1);
    ScriptedTool flaky = ScriptedTool.of("flaky", Effect.IDEMPOTENT, Duration.ofMillis(200));
    flaky.does(_ -> flaky.calls().size() == 1 ? waitFor(first) : done());
    try (var process = new Process(test, "1", flaky).start()) {
      ToolCallRequest request = Requests.request("flaky", "go", "{}", List.of());
      // When
      process.receive(request);
      // Then
      awaitStatus(request, "succeeded");
      assertThat(flaky.calls())
          .extracting(Invocation::idempotencyKey)
          .containsExactly(request.idempotencyKey(), request.idempotencyKey());
      assertThat(database.types(request.toolCallId()))
          .containsExactly("tool_call.attempted", "tool_call.attempted", "tool_call.succeeded");
    }
  }

  @Test
  void shouldShareTheWorkWithoutDoingAnythingTwiceWhenTwoInstancesRun() {
    // Given
    ToolCallRequest[] requests =
        IntStream.range(0, 400).mapToObj(_ -> lamp("{}", "light")).toArray(ToolCallRequest[]::new);
    try (var one = new Process(test, "1", lamp).start();
        var two = new Process(test, "2", lamp).start()) {
      await().until(() -> one.instance.owner() != null && two.instance.owner() != null);
      // When
      one.receive(requests);
      two.runtime.wake();
      // Then
      await()
          .until(
              () ->
                  database.count("select count(*) from task.tool_call where status = 'succeeded'")
                      == 400);
      assertThat(lamp.calls())
          .extracting(Invocation::toolCallId)
          .doesNotHaveDuplicates()
          .hasSize(400);
      assertThat(database.count("select count(distinct owner) from task.tool_call")).isEqualTo(2);
      assertThat(database.audits("tool_call.attempted")).hasSize(400);
    }
  }

  private void awaitStatus(ToolCallRequest request, String status) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(database.status(request.toolCallId())).isEqualTo(status));
  }

  private String body(ToolCallRequest request) {
    try (var owner = new Database(test.owner())) {
      var body =
          Json.mapper()
              .readTree(
                  owner
                      .jdbc
                      .sql("select body from api.tool_call where tool_call_id = :id")
                      .param("id", request.toolCallId().value())
                      .query(String.class)
                      .single());
      var shown = Json.object();
      for (String name : List.of("status", "output", "risk_level", "autonomy_level", "args")) {
        shown.set(name, body.get(name));
      }
      return shown.toString();
    }
  }

  static ToolAnswer done() {
    return new ToolAnswer.Succeeded(Json.object(), "Done");
  }

  static ToolAnswer waitFor(CountDownLatch gate) throws InterruptedException {
    gate.await();
    return done();
  }

  static ToolAnswer waitUninterruptibly(CountDownLatch gate) {
    while (true) {
      try {
        return waitFor(gate);
      } catch (InterruptedException e) {
        // a tool that does not listen
      }
    }
  }

  private static ToolCallRequest lamp(String args, String... scopes) {
    return Requests.request("lamp", "go", args, List.of(scopes));
  }
}
