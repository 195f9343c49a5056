package dev.syris.gateway.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.syris.contracts.id.Uuids;
import dev.syris.gateway.trace.Trace.Node;
import dev.syris.gateway.trace.TraceFacts.Arrived;
import dev.syris.gateway.trace.TraceFacts.Audited;
import dev.syris.gateway.trace.TraceFacts.Called;
import dev.syris.gateway.trace.TraceFacts.Decided;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceAssemblerTest {

  private static final Instant START = Instant.parse("2026-01-31T08:00:00Z");
  private static final UUID TRACE = Uuids.named("trace");
  private static final UUID EVENT = Uuids.named("event");
  private static final UUID CHILD = Uuids.named("child");
  private static final UUID CALL = Uuids.named("call");

  private final List<Arrived> events = new ArrayList<>();
  private final List<Decided> decisions = new ArrayList<>();
  private final List<Called> calls = new ArrayList<>();
  private final List<TraceFacts.Tasked> tasks = new ArrayList<>();
  private final List<TraceFacts.Stepped> steps = new ArrayList<>();
  private final List<TraceFacts.Asked> approvals = new ArrayList<>();
  private final List<Audited> audits = new ArrayList<>();

  @Test
  void shouldShowWhatRulesDidBelowTheEvent() {
    // Given
    event(EVENT, null, 0);
    audit("event.ingested", "info", 5, EVENT, null, null);
    audit("rule.triggered", "success", 20, EVENT, null, null);
    audit("rule.suppressed", "suppressed", 21, EVENT, null, null);
    // When
    Trace trace = assemble();
    // Then
    assertThat(trace.nodes().stream().filter(node -> node.kind().equals("rule")))
        .extracting(Trace.Node::parentId, Trace.Node::title, Trace.Node::status)
        .containsExactly(
            tuple("event/" + EVENT, "rule.triggered", "succeeded"),
            tuple("event/" + EVENT, "rule.suppressed", "suppressed"));
  }

  @Test
  void shouldMakeOneTreeOfATimerThatFired() {
    // Given
    timerThatFired();
    // When
    Trace trace = assemble();
    // Then
    assertThat(trace.status()).isEqualTo(TraceStatus.SUCCEEDED);
    assertThat(trace.nodes())
        .extracting(Node::id, Node::parentId, Node::kind)
        .containsExactly(
            tuple("event/" + EVENT, null, "event"),
            tuple("decision/" + EVENT, "event/" + EVENT, "routing_decision"),
            tuple("call/" + CALL, "decision/" + EVENT, "tool_call"),
            tuple("attempt/" + id("tool_call.attempted", EVENT), "call/" + CALL, "attempt"),
            tuple("event/" + CHILD, "call/" + CALL, "event"),
            tuple("decision/" + CHILD, "event/" + CHILD, "routing_decision"));
  }

  @Test
  void shouldMeasureEachStage() {
    // Given
    timerThatFired();
    // When
    List<Node> nodes = assemble().nodes();
    // Then
    assertThat(nodes)
        .extracting(Node::kind, node -> millis(node.startedAt()), Node::latencyMs)
        .startsWith(
            tuple("event", 0L, 12L),
            tuple("routing_decision", 12L, 1L),
            tuple("tool_call", 20L, 10L),
            tuple("attempt", 22L, 7L));
  }

  @Test
  void shouldBeRunningWhileADecisionIsMissing() {
    // Given
    event(EVENT, null, 0);
    // When / Then
    assertThat(assemble().status()).isEqualTo(TraceStatus.RUNNING);
  }

  @Test
  void shouldBeRunningWhileTheFastCallIsNotThereYet() {
    // Given
    event(EVENT, null, 0);
    decision(EVENT, "fast");
    // When / Then
    assertThat(assemble().status()).isEqualTo(TraceStatus.RUNNING);
  }

  @Test
  void shouldFailWithItsCallAndShowEveryAttempt() {
    // Given
    event(EVENT, null, 0);
    decision(EVENT, "fast");
    call("failed", 20, 60);
    audit("tool_call.attempted", "info", 22, EVENT, CALL, null);
    audit("tool_call.failed", "failure", 30, EVENT, CALL, 8L);
    audits.add(
        new Audited(
            Uuids.named("second"),
            "tool_call.attempted",
            "info",
            "",
            at(40),
            at(41),
            EVENT,
            CALL,
            null,
            null,
            null));
    audits.add(
        new Audited(
            Uuids.named("third"),
            "tool_call.failed",
            "failure",
            "",
            at(60),
            at(61),
            EVENT,
            CALL,
            null,
            null,
            null));
    // When
    Trace trace = assemble();
    // Then
    assertThat(trace.status()).isEqualTo(TraceStatus.FAILED);
    assertThat(trace.nodes())
        .filteredOn(node -> node.kind().equals("attempt"))
        .extracting(Node::status, Node::latencyMs)
        .containsExactly(tuple("failed", 8L), tuple("failed", 20L));
  }

  @Test
  void shouldBeBlockedWithItsCall() {
    // Given
    event(EVENT, null, 0);
    decision(EVENT, "fast");
    call("blocked", 20, 20);
    // When / Then
    assertThat(assemble().status()).isEqualTo(TraceStatus.BLOCKED);
  }

  @Test
  void shouldShowARejectionAsAllThereIs() {
    // Given
    audit("event.rejected", "failure", 5, EVENT, null, null);
    // When
    Trace trace = assemble();
    // Then
    assertThat(trace.status()).isEqualTo(TraceStatus.FAILED);
    assertThat(trace.nodes())
        .extracting(Node::kind, Node::status, Node::parentId)
        .containsExactly(tuple("audit", "failed", null));
  }

  @Test
  void shouldBeSuppressedForARepeat() {
    // Given
    audit("event.deduped", "suppressed", 5, EVENT, null, null);
    // When / Then
    assertThat(assemble().status()).isEqualTo(TraceStatus.SUPPRESSED);
  }

  @Test
  void shouldPutSeveralBeginningsUnderOneRoot() {
    // Given
    event(EVENT, null, 0);
    event(CHILD, null, 3);
    // When
    List<Node> nodes = assemble().nodes();
    // Then
    assertThat(nodes)
        .extracting(Node::id, Node::parentId)
        .containsExactly(
            tuple("trace", null),
            tuple("event/" + EVENT, "trace"),
            tuple("event/" + CHILD, "trace"));
  }

  @Test
  void shouldPlaceEachNodeOnceWhereParentsGoRoundInACircle() {
    // Given
    event(EVENT, CHILD, 0);
    event(CHILD, EVENT, 3);
    // When
    List<Node> nodes = assemble().nodes();
    // Then
    assertThat(nodes)
        .extracting(Node::id, Node::parentId)
        .containsExactly(tuple("event/" + EVENT, null), tuple("event/" + CHILD, "event/" + EVENT));
  }

  @Test
  void shouldTreatAnEventWithAnUnknownParentAsABeginning() {
    // Given
    event(CHILD, Uuids.named("elsewhere"), 0);
    // When / Then
    assertThat(assemble().nodes()).extracting(Node::parentId).containsExactly((String) null);
  }

  private void timerThatFired() {
    event(EVENT, null, 0);
    audit("event.ingested", "success", 12, EVENT, null, null);
    decision(EVENT, "fast");
    audit("routing.decided", "success", 13, EVENT, CALL, null);
    call("succeeded", 20, 30);
    audit("tool_call.attempted", "info", 22, EVENT, CALL, null);
    audit("tool_call.succeeded", "success", 29, EVENT, CALL, 7L);
    event(CHILD, EVENT, 5000);
    decision(CHILD, "none");
  }

  @Test
  void shouldHangACallUnderItsStepAndThatUnderItsTask() {
    // Given
    var task = Uuids.named("task");
    var step = Uuids.named("step");
    tasks.add(new TraceFacts.Tasked(task, null, "water", "succeeded", at(0), at(50)));
    steps.add(new TraceFacts.Stepped(step, task, "open", "succeeded", at(5), at(40)));
    calls.add(new Called(CALL, null, step, "noop", "run", "succeeded", at(6), at(6), at(39)));
    // When
    Trace trace = assemble();
    // Then
    assertThat(trace.nodes())
        .extracting(Trace.Node::kind)
        .containsExactly("task", "step", "tool_call");
    assertThat(trace.nodes().get(2).parentId()).isEqualTo("step/" + step);
    assertThat(trace.nodes().get(1).parentId()).isEqualTo("task/" + task);
  }

  @Test
  void shouldSucceedWhenAStepFailedFirstAndItsTaskDidNot() {
    // Given
    var task = Uuids.named("task");
    var step = Uuids.named("step");
    tasks.add(new TraceFacts.Tasked(task, null, "water", "succeeded", at(0), at(50)));
    calls.add(new Called(CALL, null, step, "noop", "run", "failed", at(6), at(6), at(39)));
    // When / Then
    assertThat(assemble().status()).isEqualTo(TraceStatus.SUCCEEDED);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          used,     12,   token t-1,    rest,  Approved by token t-1 via rest after 12 s
          approved, 600,  operator,     link,  Approved by operator via link after 10 min
          denied,   7300, operator,     link,  Denied by operator via link after 2 h
          expired,  3600, system clock, clock, Nobody answered after 60 min
          pending,  -,    -,            -,     Waits for approval until 2026-01-31T09:00:00Z
          stale,    -,    -,            -,     Not asked any more: what would run has changed
          canceled, -,    -,            -,     Not asked any more: the call was canceled
          """)
  void shouldSayWhoAnsweredAndHowLongItTook(
      String status, Long seconds, String by, String channel, String title) {
    // Given
    var approval = Uuids.named("approval");
    call("waiting", 0, 1);
    approvals.add(
        new TraceFacts.Asked(
            approval,
            CALL,
            status,
            START,
            START.plusSeconds(3600),
            seconds == null ? null : START.plusSeconds(seconds),
            by,
            channel));
    audit("gate.required", "info", 1, null, CALL, null);
    // When
    List<Node> nodes = assemble().nodes();
    // Then
    assertThat(nodes).extracting(Node::kind).containsExactly("tool_call", "approval");
    Node node = nodes.getLast();
    assertThat(node.title()).isEqualTo(title);
    assertThat(node.parentId()).isEqualTo("call/" + CALL);
    assertThat(node.latencyMs()).isEqualTo(seconds == null ? null : seconds * 1000);
  }

  private Trace assemble() {
    return TraceAssembler.assemble(
        new TraceFacts(TRACE, events, decisions, calls, tasks, steps, approvals, audits), false);
  }

  private void event(UUID id, UUID parent, long millis) {
    events.add(new Arrived(id, parent, at(millis), "chat", "phone", null, null));
  }

  private void decision(UUID event, String mode) {
    decisions.add(new Decided(event, START, mode, null));
  }

  private void call(String status, long created, long ended) {
    calls.add(
        new Called(CALL, EVENT, null, "timer", "set", status, at(created), at(created), at(ended)));
  }

  private void audit(
      String type, String outcome, long recorded, UUID event, UUID call, Long latency) {
    audits.add(
        new Audited(
            id(type, event),
            type,
            outcome,
            type,
            at(recorded),
            at(recorded),
            event,
            call,
            null,
            null,
            latency));
  }

  private static UUID id(String type, UUID event) {
    return Uuids.named("audit", type, String.valueOf(event));
  }

  private static Instant at(long millis) {
    return START.plusMillis(millis);
  }

  private static long millis(Instant instant) {
    return instant.toEpochMilli() - START.toEpochMilli();
  }
}
