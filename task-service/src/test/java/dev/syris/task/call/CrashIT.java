package dev.syris.task.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.platform.time.Signal;
import dev.syris.task.instance.Owner;
import dev.syris.task.support.Database;
import dev.syris.task.support.Requests;
import dev.syris.task.support.ScriptedTool;
import dev.syris.task.tool.ActionDefinition.Effect;
import dev.syris.task.tool.ToolAnswer;
import dev.syris.task.tool.ToolRegistry;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a call when the process ends between any two of its steps. */
@WithBackends
class CrashIT {

  private final TestDatabase test = TestBackends.freshDatabase();
  private final Database database = new Database(test.as("syris_task"));
  private final ScriptedTool once = ScriptedTool.of("once", Effect.ONCE);
  private final ScriptedTool idempotent = ScriptedTool.of("idempotent", Effect.IDEMPOTENT);
  private final ScriptedTool reading = ScriptedTool.of("reading", Effect.READ_ONLY);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void shouldTakeReceivedCallsInOrderOfArrivalAfterARestart() {
    // Given
    var stopped = new Process(test, "1", once);
    ToolCallRequest[] requests = {call("once"), call("once"), call("once")};
    stopped.receive(requests);
    stopped.close();
    // When
    try (var process = new Process(test, "1", once).start()) {
      awaitStatus(requests[2], "succeeded");
    }
    // Then
    assertThat(once.calls()).hasSize(3);
    assertThat(arrivalOrder()).containsExactly(ids(requests));
  }

  @Test
  void shouldRepeatWhatMayBeRepeatedWhenItEndsBetweenStartedAndCall() {
    // Given
    ToolCallRequest a = call("idempotent");
    ToolCallRequest b = call("reading");
    ToolCallRequest c = call("once");
    startAndVanish(a, b, c);
    // When
    try (var process = restarted()) {
      awaitStatus(a, "succeeded");
      awaitStatus(b, "succeeded");
      awaitStatus(c, "unknown");
    }
    // Then
    assertThat(idempotent.calls())
        .singleElement()
        .satisfies(it -> assertThat(it.idempotencyKey()).isEqualTo(a.idempotencyKey()));
    assertThat(reading.calls()).hasSize(1);
    assertThat(once.calls()).isEmpty();
    assertThat(database.types(a.toolCallId()))
        .containsExactly("tool_call.attempted", "tool_call.attempted", "tool_call.succeeded");
    assertThat(database.types(c.toolCallId()))
        .containsExactly("tool_call.attempted", "tool_call.unknown", "alarm.raised");
  }

  @Test
  void shouldNeverRepeatBlindlyWhenItEndsBetweenCallAndOutcome() {
    // Given
    var gate = new CountDownLatch(1);
    once.does(_ -> ToolRuntimeIT.waitFor(gate));
    idempotent.does(
        _ -> idempotent.calls().size() == 1 ? ToolRuntimeIT.waitFor(gate) : ToolRuntimeIT.done());
    var doomed = new Process(test, "1", once, idempotent).start();
    ToolCallRequest a = call("once");
    ToolCallRequest b = call("idempotent");
    doomed.receive(a, b);
    await().until(() -> once.calls().size() == 1 && idempotent.calls().size() == 1);
    // When
    doomed.crash();
    try (var process = restarted()) {
      awaitStatus(a, "unknown");
      awaitStatus(b, "succeeded");
    }
    // Then
    assertThat(once.calls()).hasSize(1);
    assertThat(idempotent.calls()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldRefuseAThawedProcessAndKeepItsAnswerAsEvidence(boolean knows) {
    // Given
    var gate = new CountDownLatch(1);
    once.does(_ -> ToolRuntimeIT.waitUninterruptibly(gate));
    try (var frozen = new Process(test, "1", once).start()) {
      ToolCallRequest request = call("once");
      frozen.receive(request);
      await().until(() -> once.calls().size() == 1);
      try (var successor = new Process(test, "1", ScriptedTool.of("once", Effect.ONCE)).start()) {
        awaitStatus(request, "unknown");
        // When
        if (knows) {
          frozen.instance.fenced();
        }
        gate.countDown();
        // Then
        await()
            .untilAsserted(
                () ->
                    assertThat(lateAnswers())
                        .containsExactly("{\"status\":\"succeeded\",\"output\":{}}"));
        assertThat(database.status(request.toolCallId())).isEqualTo("unknown");
        ToolCallRequest next = call("once");
        successor.receive(next);
        awaitStatus(next, "succeeded");
        assertThat(once.calls()).hasSize(1);
      }
    }
  }

  @Test
  void shouldStartNothingMoreWhenItHasASuccessor() {
    // Given
    try (var frozen = new Process(test, "1", once)) {
      var owner = new Owner("1", 1);
      restarted().close();
      restarted().close();
      frozen.receive(call("once"));
      var dispatch = new Dispatch(frozen.parts, new InFlight(10, new Signal()));
      // When / Then
      assertThatThrownBy(() -> dispatch.next(owner, 10)).isInstanceOf(FencedException.class);
      assertThat(database.count("select count(*) from task.tool_call where status = 'received'"))
          .isEqualTo(1);
      assertThat(database.said("syris.audit.event")).isEmpty();
    }
  }

  @Test
  void shouldTakeNothingOverFromItsSuccessor() {
    // Given
    var gate = new CountDownLatch(1);
    try (var frozen = new Process(test, "1", once)) {
      var former = new Owner("1", 1);
      restarted().close();
      ScriptedTool slow =
          ScriptedTool.of("once", Effect.ONCE).does(_ -> ToolRuntimeIT.waitFor(gate));
      try (var successor = new Process(test, "1", slow).start()) {
        ToolCallRequest request = call("once");
        successor.receive(request);
        await().until(() -> slow.calls().size() == 1);
        // When
        List<StartedCall> taken =
            new Recovery(frozen.parts, new InFlight(10, new Signal())).next(former, 10);
        gate.countDown();
        // Then
        assertThat(taken).isEmpty();
        awaitStatus(request, "succeeded");
      }
    }
  }

  @Test
  void shouldWaitForTheLeaseBeforeTakingOverFromAnotherInstance() {
    // Given
    ToolCallRequest request = call("idempotent");
    startAndVanish(request);
    try (var other = new Process(test, "2", once, idempotent, reading).start()) {
      ToolCallRequest own = call("idempotent");
      other.receive(own);
      awaitStatus(own, "succeeded");
      String before = database.status(request.toolCallId());
      // When
      expireLeases();
      // Then
      awaitStatus(request, "succeeded");
      assertThat(before).isEqualTo("started");
      assertThat(idempotent.calls()).hasSize(2);
    }
  }

  @Test
  void shouldSendWhatWasStartedInItsOwnNameAndNeverSent() {
    // Given
    try (var process = new Process(test, "1", once).start()) {
      await().until(() -> process.instance.owner() != null);
      ToolCallRequest request = call("once");
      // When: the commit of STARTED went through, its confirmation did not
      process.receive();
      insertStartedBy(process, request);
      // Then
      awaitStatus(request, "succeeded");
      assertThat(once.calls()).hasSize(1);
    }
  }

  @Test
  void shouldRecordOnceWhenTheConfirmationOfAnOutcomeGetsLost() {
    // Given
    try (var process = new Process(test, "1", once)) {
      process.instance.start();
      await().until(() -> process.instance.owner() != null);
      Owner owner = process.instance.owner();
      ToolCallRequest request = call("once");
      process.receive(request);
      StartedCall started =
          new Dispatch(process.parts, new InFlight(10, new Signal()))
              .next(owner, 10)
              .started()
              .getFirst();
      var outcomes = new Outcomes(process.parts, new InFlight(10, new Signal()), CallOwner.NOBODY);
      List<Ending> ending = List.of(new Ending.Answered(started, ToolRuntimeIT.done(), 1));
      // When
      outcomes.record(ending, owner);
      outcomes.record(ending, owner);
      // Then
      assertThat(database.types(request.toolCallId()))
          .containsExactly("tool_call.attempted", "tool_call.succeeded");
      assertThat(lateAnswers()).isEmpty();
    }
  }

  @Test
  void shouldNotSendWhenTooMuchOfTheLeaseIsGone() {
    // Given
    try (var process = new Process(test, "1", once).start()) {
      await().until(() -> process.instance.owner() != null);
      var ended = new LinkedBlockingQueue<Ending>();
      var runner = new CallRunner(ended::add, (_, _) -> {});
      var lookup = (ToolRegistry.Lookup.Found) process.registry.find("once", "go");
      var late =
          new StartedCall(
              call("once"),
              lookup.registered(),
              Findings.none(List.of()),
              1,
              Instant.now(),
              System.nanoTime() - 1,
              Binding.FREE);
      // When
      runner.send(late);
      // Then
      await().until(() -> !ended.isEmpty());
      assertThat(ended.peek()).isEqualTo(new Ending.NotSent(late));
      assertThat(once.calls()).isEmpty();
    }
  }

  @Test
  void shouldHoldOutcomesWhileTheDatabaseIsAway() throws Exception {
    // Given
    var gate = new CountDownLatch(1);
    once.does(_ -> ToolRuntimeIT.waitFor(gate));
    try (var process = new Process(test, "1", once).start();
        var superuser = new Database(TestBackends.emptyDatabase().superuser())) {
      ToolCallRequest request = call("once");
      process.receive(request);
      await().until(() -> once.calls().size() == 1);
      // When
      superuser
          .jdbc
          .sql("alter database %s allow_connections false".formatted(test.name()))
          .update();
      superuser
          .jdbc
          .sql(
              "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = :name")
          .param("name", test.name())
          .query(Long.class)
          .single();
      gate.countDown();
      await().until(() -> !reachable(process));
      superuser
          .jdbc
          .sql("alter database %s allow_connections true".formatted(test.name()))
          .update();
      // Then
      awaitStatus(request, "succeeded");
      assertThat(database.types(request.toolCallId()))
          .containsExactly("tool_call.attempted", "tool_call.succeeded");
      assertThat(once.calls()).hasSize(1);
    }
  }

  @Test
  void shouldRecordTheOthersWhenOneOutcomeCannotBeKept() {
    // Given
    String unkeepable = "{\"text\": \"\\ud800\"}";
    once.does(
        by ->
            by.args().path("n").asInt(0) == 1
                ? new ToolAnswer.Succeeded(Json.mapper().readTree(unkeepable), "Done")
                : ToolRuntimeIT.done());
    try (var process = new Process(test, "1", once).start()) {
      ToolCallRequest bad = Requests.request("once", "go", "{\"n\": 1}", List.of());
      ToolCallRequest good = Requests.request("once", "go", "{\"n\": 2}", List.of());
      // When
      process.receive(bad, good);
      // Then
      awaitStatus(bad, "succeeded");
      awaitStatus(good, "succeeded");
    }
  }

  private static boolean reachable(Process process) {
    try {
      return process.database.count("select 1") == 1;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private Process restarted() {
    return new Process(test, "1", once, idempotent, reading).start();
  }

  /** Commits STARTED, and is gone before anything is sent. */
  private void startAndVanish(ToolCallRequest... requests) {
    try (var doomed = new Process(test, "1", once, idempotent, reading)) {
      doomed.instance.start();
      await().until(() -> doomed.instance.owner() != null);
      doomed.receive(requests);
      new Dispatch(doomed.parts, new InFlight(64, new Signal())).next(doomed.instance.owner(), 64);
    }
    for (ToolCallRequest request : requests) {
      assertThat(database.status(request.toolCallId())).isEqualTo("started");
    }
  }

  private void insertStartedBy(Process process, ToolCallRequest request) {
    var table = new CallTable(database.jdbc);
    var lookup = (ToolRegistry.Lookup.Found) process.registry.find("once", "go");
    var now = Instant.now();
    database.transaction.executeWithoutResult(
        _ -> {
          table.insert(List.of(ReceivedCall.of(request)), now);
          var start =
              Start.of(request.toolCallId(), 1, lookup.registered(), Findings.none(List.of()));
          assertThat(table.start(List.of(start), process.instance.owner(), now)).isTrue();
        });
  }

  private void expireLeases() {
    database
        .jdbc
        .sql(
            "update task.tool_call set lease_until = now() - interval '1 second' where status ="
                + " 'started'")
        .update();
  }

  private List<String> lateAnswers() {
    return database.jdbc.sql("select answer from task.late_answer").query(String.class).list();
  }

  private List<String> arrivalOrder() {
    return database.audits("tool_call.attempted").stream()
        .map(audit -> audit.refs().get("tool_call_id"))
        .toList();
  }

  private static String[] ids(ToolCallRequest... requests) {
    return Arrays.stream(requests)
        .map(request -> request.toolCallId().toString())
        .toArray(String[]::new);
  }

  private void awaitStatus(ToolCallRequest request, String status) {
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(database.status(request.toolCallId())).isEqualTo(status));
  }

  private static ToolCallRequest call(String tool) {
    return Requests.request(tool, "go", "{}", List.of());
  }
}
