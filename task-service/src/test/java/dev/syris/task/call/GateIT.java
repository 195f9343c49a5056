package dev.syris.task.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.approval.ApprovalStatus;
import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.id.ApprovalId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.Requester;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.platform.assertion.Caller;
import dev.syris.platform.problem.ProblemException;
import dev.syris.task.approval.Answer;
import dev.syris.task.approval.ApprovalCommands.Result;
import dev.syris.task.control.Controls.PauseMode;
import dev.syris.task.gate.Tightening;
import dev.syris.task.gate.Verdict;
import dev.syris.task.support.Requests;
import dev.syris.task.support.ScriptedTool;
import dev.syris.task.tool.ActionDefinition.Effect;
import dev.syris.task.tool.ToolAnswer;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Calls that are asked about, blocked or held back, against a real database. */
@WithBackends
class GateIT {

  private static final AuditActor OPERATOR = AuditActor.token("operator");
  private static final Answer YES = new Answer(true, null, "rest");
  private static final Answer NO = new Answer(false, "not today", "rest");

  private final ScriptedTool lamp = ScriptedTool.of("lamp", Effect.ONCE, "light");
  private TestDatabase test;
  private Process process;

  @BeforeEach
  void setUp() {
    test = TestBackends.freshDatabase();
    process = new Process(test, "1", lamp).start();
  }

  @AfterEach
  void tearDown() {
    process.close();
  }

  private static ToolCallRequest lamp() {
    return Requests.request("lamp", "go", "{\"n\": 1}", List.of("light"));
  }

  private void level(AutonomyLevel level) {
    process.controls.setLevel(level, null, "test", OPERATOR);
  }

  private void awaitStatus(ToolCallRequest request, String status) {
    await()
        .untilAsserted(
            () -> assertThat(process.database.status(request.toolCallId())).isEqualTo(status));
  }

  private ApprovalId asked(ToolCallRequest request) {
    process.receive(request);
    awaitStatus(request, "waiting");
    return process.database.openApproval(request.toolCallId());
  }

  private Result answer(ApprovalId approval, Answer answer) {
    return process.approvals.answer(approval, answer, OPERATOR, _ -> false);
  }

  @Test
  void shouldRunOnceAndSayItAllWhenApproved() {
    // Given
    level(AutonomyLevel.A1);
    ToolCallRequest request = lamp();
    ApprovalId approval = asked(request);
    assertThat(lamp.calls()).isEmpty();
    // When
    Result result = answer(approval, YES);
    // Then
    assertThat(result).isInstanceOf(Result.Taken.class);
    awaitStatus(request, "succeeded");
    assertThat(lamp.calls()).hasSize(1);
    assertThat(process.database.status(approval)).isEqualTo("used");
    assertThat(process.database.types(request.toolCallId()))
        .containsExactly(
            "gate.required",
            "operator.action.approval_approve",
            "gate.approved",
            "tool_call.attempted",
            "tool_call.succeeded");
  }

  @Test
  void shouldNeverRunWhenDenied() {
    // Given
    level(AutonomyLevel.A1);
    ToolCallRequest request = lamp();
    ApprovalId approval = asked(request);
    // When
    answer(approval, NO);
    // Then
    awaitStatus(request, "denied");
    assertThat(process.database.types(request.toolCallId()))
        .containsExactly(
            "gate.required", "operator.action.approval_deny", "gate.denied", "tool_call.failed");
    assertThat(answer(approval, YES)).isEqualTo(new Result.WrongState(ApprovalStatus.DENIED));
    assertThat(lamp.calls()).isEmpty();
  }

  @Test
  void shouldRefuseAnAnswerAndTheCallWhenTheTimeIsOver() {
    // Given
    level(AutonomyLevel.A1);
    process.policy.expireAfter(Duration.ofMillis(1));
    ToolCallRequest request = lamp();
    ApprovalId approval = asked(request);
    // When
    Result late = answer(approval, YES);
    process.approvals.expire();
    // Then
    assertThat(late).isEqualTo(new Result.WrongState(ApprovalStatus.EXPIRED));
    awaitStatus(request, "expired");
    assertThat(process.database.types(request.toolCallId()))
        .containsExactly("gate.required", "gate.expired", "tool_call.failed");
    assertThat(lamp.calls()).isEmpty();
  }

  @Test
  void shouldRunOnceWhenAHundredApproveAtOnce() throws Exception {
    // Given
    level(AutonomyLevel.A1);
    ToolCallRequest request = lamp();
    ApprovalId approval = asked(request);
    Callable<Result> approving = () -> answer(approval, YES);
    // When
    List<Future<Result>> results;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      results = threads.invokeAll(IntStream.range(0, 100).mapToObj(_ -> approving).toList());
    }
    // Then
    assertThat(results.stream().filter(it -> it.resultNow() instanceof Result.Taken)).hasSize(1);
    awaitStatus(request, "succeeded");
    assertThat(lamp.calls()).hasSize(1);
  }

  @Test
  void shouldAskAnewWhenThePolicyChangedBeforeTheAnswer() {
    // Given
    level(AutonomyLevel.A1);
    ToolCallRequest request = lamp();
    ApprovalId first = asked(request);
    process.policy.become("p2");
    // When
    Result result = answer(first, YES);
    // Then
    assertThat(result).isEqualTo(new Result.WentStale("the policy has changed"));
    await()
        .untilAsserted(
            () ->
                assertThat(process.database.count("select count(*) from task.approval"))
                    .isEqualTo(2));
    awaitStatus(request, "waiting");
    assertThat(process.database.status(first)).isEqualTo("stale");
    answer(process.database.openApproval(request.toolCallId()), YES);
    awaitStatus(request, "succeeded");
    assertThat(lamp.calls()).hasSize(1);
  }

  @Test
  void shouldAskAnewWhenTheToolChangedBetweenApprovalAndRun() {
    // Given
    level(AutonomyLevel.A1);
    ToolCallRequest request = lamp();
    ApprovalId first = asked(request);
    process.controls.pause(PauseMode.DRAIN, null, OPERATOR);
    answer(first, YES);
    // When
    process.registry.register(ScriptedTool.open("lamp", Effect.ONCE, Duration.ofSeconds(1)));
    process.controls.resume(null, OPERATOR);
    // Then
    await().untilAsserted(() -> assertThat(process.database.status(first)).isEqualTo("stale"));
    awaitStatus(request, "waiting");
    assertThat(lamp.calls()).isEmpty();
  }

  @Test
  void shouldNotRunAnApprovedCallWhenTheLevelWasLoweredToSuggest() {
    // Given
    level(AutonomyLevel.A1);
    ToolCallRequest request = lamp();
    ApprovalId approval = asked(request);
    process.controls.pause(PauseMode.DRAIN, null, OPERATOR);
    answer(approval, YES);
    // When
    level(AutonomyLevel.A0);
    process.controls.resume(null, OPERATOR);
    // Then
    awaitStatus(request, "previewed");
    assertThat(process.database.status(approval)).isEqualTo("stale");
    assertThat(lamp.calls()).isEmpty();
  }

  @Test
  void shouldRefuseTheTokenThatAskedAndTakeAnother() {
    // Given
    level(AutonomyLevel.A1);
    ToolCallRequest asks = byToken("agent");
    ApprovalId approval = asked(asks);
    // When
    Result own = process.approvals.answer(approval, YES, OPERATOR, "agent"::equals);
    Result other = process.approvals.answer(approval, YES, OPERATOR, "operator"::equals);
    // Then
    assertThat(own).isInstanceOf(Result.OwnRequest.class);
    assertThat(other).isInstanceOf(Result.Taken.class);
  }

  private static ToolCallRequest byToken(String token) {
    ToolCallRequest lamp = lamp();
    return new ToolCallRequest(
        lamp.toolCallId(),
        lamp.traceId(),
        null,
        null,
        null,
        lamp.tool(),
        lamp.action(),
        lamp.args(),
        lamp.idempotencyKey(),
        new Requester("token", token),
        lamp.grantedScopes(),
        0,
        lamp.requestedAt());
  }

  @Test
  void shouldRunOnceWhenTheProcessDiesBetweenApprovalAndRun() {
    // Given
    level(AutonomyLevel.A1);
    ToolCallRequest request = lamp();
    ApprovalId approval = asked(request);
    process.controls.pause(PauseMode.DRAIN, null, OPERATOR);
    answer(approval, YES);
    process.crash();
    // When
    process = new Process(test, "1", lamp).start();
    process.controls.resume(null, OPERATOR);
    // Then
    awaitStatus(request, "succeeded");
    assertThat(lamp.calls()).hasSize(1);
    assertThat(process.database.status(approval)).isEqualTo("used");
  }

  @Test
  void shouldStartNothingWhilePausedAndThenWorkInOrder() {
    // Given
    process.controls.pause(PauseMode.DRAIN, null, OPERATOR);
    List<ToolCallRequest> requests =
        IntStream.range(0, 20)
            .mapToObj(
                n -> Requests.request("lamp", "go", "{\"n\": %d}".formatted(n), List.of("light")))
            .toList();
    requests.forEach(process::receive);
    assertThat(
            process.database.count("select count(*) from task.tool_call where status = 'received'"))
        .isEqualTo(20);
    // When
    process.controls.resume(null, OPERATOR);
    // Then
    requests.forEach(request -> awaitStatus(request, "succeeded"));
    assertThat(
            process
                .database
                .jdbc
                .sql("select (args ->> 'n')::int from task.tool_call order by started_at, arrival")
                .query(Integer.class)
                .list())
        .isSorted();
  }

  @Test
  void shouldCutOffWhatRunsWhenHaltedAndTakeUpWhatMayBeRepeated() {
    // Given
    var again = ScriptedTool.of("again", Effect.IDEMPOTENT);
    process.registry.register(again);
    var running = new CountDownLatch(2);
    ScriptedTool[] both = {lamp, again};
    for (ScriptedTool tool : both) {
      tool.does(
          _ -> {
            running.countDown();
            if (tool.calls().size() == 1) {
              new CountDownLatch(1).await();
            }
            return new ToolAnswer.Succeeded(Json.object(), "done");
          });
    }
    ToolCallRequest once = lamp();
    ToolCallRequest repeatable = Requests.request("again", "go", "{}", List.of());
    process.receive(once, repeatable);
    await().until(() -> running.getCount() == 0);
    // When
    process.controls.pause(PauseMode.HALT, "stop it", OPERATOR);
    awaitStatus(once, "unknown");
    process.controls.resume(null, OPERATOR);
    // Then
    awaitStatus(repeatable, "succeeded");
    assertThat(again.calls()).hasSize(2);
    assertThat(lamp.calls()).hasSize(1);
  }

  @Test
  void shouldLetOneOfFiftyEqualCallsThroughAWindow() {
    // Given
    process.policy.antiFlap(Duration.ofMinutes(5));
    List<ToolCallRequest> equal = IntStream.range(0, 50).mapToObj(_ -> lamp()).toList();
    // When
    process.receive(equal.toArray(ToolCallRequest[]::new));
    // Then
    await()
        .untilAsserted(
            () ->
                assertThat(
                        process.database.count(
                            "select count(*) from task.tool_call where status in ('succeeded', 'blocked')"))
                    .isEqualTo(50));
    assertThat(lamp.calls()).hasSize(1);
    assertThat(process.database.audits("gate.antiflap_block")).hasSize(49);
    assertThat(process.database.audits("tool_call.blocked")).isEmpty();
  }

  @Test
  void shouldAnswerNotBlockARedeliveryOfWhatWasDone() {
    // Given
    process.policy.antiFlap(Duration.ofMinutes(5));
    ToolCallRequest first = lamp();
    process.receive(first);
    awaitStatus(first, "succeeded");
    ToolCallRequest redelivered = Requests.sameKey(first, "{\"n\": 1}");
    // When
    process.receive(redelivered);
    // Then
    awaitStatus(redelivered, "canceled");
    assertThat(process.database.types(redelivered.toolCallId()))
        .containsExactly("tool_call.deduped");
  }

  @Test
  void shouldBlockNotificationsOverTheLimit() {
    // Given
    process.policy.allowNotifications(3);
    List<ToolCallRequest> storm = IntStream.range(0, 10).mapToObj(_ -> lamp()).toList();
    // When
    process.receive(storm.toArray(ToolCallRequest[]::new));
    // Then
    await().untilAsserted(() -> assertThat(process.database.audits("gate.storm_block")).hasSize(7));
    assertThat(lamp.calls()).hasSize(3);
  }

  @Test
  void shouldBlockWithOneRecordWhenThePolicyDenies() {
    // Given
    process.policy.tighten(new Tightening(Verdict.BLOCK, "policy_deny", "the policy says no"));
    ToolCallRequest request = lamp();
    // When
    process.receive(request);
    // Then
    awaitStatus(request, "blocked");
    assertThat(process.database.types(request.toolCallId())).containsExactly("tool_call.blocked");
  }

  @Test
  void shouldAnswerWhatBecameOfACallThatWasPosted() {
    // Given
    var caller = new Caller("agent", "agent", Set.of("call"));
    byte[] body = bytes("{\"tool\": \"lamp\", \"action\": \"go\", \"args\": {\"n\": 1}}");
    // When
    ObjectNode allowed = process.commands.call(caller, body, null, null);
    level(AutonomyLevel.A1);
    ObjectNode waits = process.commands.call(caller, body, null, "k1");
    ObjectNode again = process.commands.call(caller, body, null, "k1");
    // Then
    assertThat(allowed.get("status").asString()).isIn("started", "succeeded");
    assertThat(waits.get("status").asString()).isEqualTo("waiting");
    assertThat(waits.get("approval_id").asString()).isNotBlank();
    assertThat(again).isEqualTo(waits);
    byte[] other = bytes("{\"tool\": \"lamp\", \"action\": \"go\", \"args\": {\"n\": 2}}");
    assertThatThrownBy(() -> process.commands.call(caller, other, null, "k1"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("another call");
  }

  @Test
  void shouldSayTheScopeIsMissingAfterItIsInTheTrail() {
    // Given
    var caller = new Caller("agent", "agent", Set.of("call"), List.of("timer"));
    byte[] body = bytes("{\"tool\": \"lamp\", \"action\": \"go\", \"args\": {}}");
    // When
    assertThatThrownBy(() -> process.commands.call(caller, body, null, null))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("needs the scope light");
    // Then
    assertThat(process.database.audits("tool_call.blocked")).hasSize(1);
  }

  @Test
  void shouldDecideAndKeepNothingWhenItIsADryRun() {
    // Given
    process.policy.antiFlap(Duration.ofMinutes(5));
    level(AutonomyLevel.A1);
    var caller = new Caller("agent", "agent", Set.of("call"));
    byte[] body = bytes("{\"tool\": \"lamp\", \"action\": \"go\", \"args\": {\"n\": 1}}");
    long said = process.database.count("select count(*) from task.outbox");
    // When
    ObjectNode first = process.commands.dryRun(caller, body);
    ObjectNode second = process.commands.dryRun(caller, body);
    // Then
    assertThat(first.get("decision").asString()).isEqualTo("confirm");
    assertThat(second.get("decision").asString()).isEqualTo("confirm");
    assertThat(first.at("/risk/level").asString()).isEqualTo("low");
    assertThat(process.database.count("select count(*) from task.tool_call")).isZero();
    assertThat(process.database.count("select count(*) from task.outbox")).isEqualTo(said);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
