package dev.syris.pipeline;

import static dev.syris.pipeline.PipelineFixture.eventId;
import static dev.syris.pipeline.PipelineFixture.traceId;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.Outcome;
import dev.syris.contracts.control.RuleTripped;
import dev.syris.contracts.event.Channel;
import dev.syris.contracts.event.Event;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.routing.ExecutionMode;
import dev.syris.contracts.routing.RoutingDecision;
import dev.syris.contracts.task.TaskRequest;
import dev.syris.contracts.tool.Requester;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.topic.DeadLetterHeaders;
import dev.syris.contracts.topic.Headers;
import dev.syris.contracts.topic.RawEventHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Rules in the stream: what fires, what is held back, and what comes of it. */
class RulesTest {

  private static final String OPEN =
      "{'field':'content.structured.state','op':'eq','value':'open'}";

  private final PipelineFixture pipeline = new PipelineFixture();

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void shouldFireOnceAndHoldBackFourOfFiveEqualEventsInsideTheWindow() {
    // Given
    pipeline.rule(
        "door",
        1,
        """
        {'conditions':%s,'debounce_ms':10000,
         'actions':[{'type':'emit_event','channel':'rule_engine','structured':{'of':'${content.structured.id}'}}]}
        """
            .formatted(OPEN));

    // When
    for (int i = 0; i < 5; i++) {
      pipeline.raw(door("front"), RawEventHeaders.DEPTH, "1").after(Duration.ofSeconds(2));
    }

    // Then
    List<AuditEvent> audits = pipeline.audits();
    assertThat(ofRules(audits))
        .extracting(AuditEvent::type)
        .containsExactly(
            "rule.triggered",
            "rule.suppressed",
            "rule.suppressed",
            "rule.suppressed",
            "rule.suppressed");
    AuditEvent triggered = ofRules(audits).getFirst();
    assertThat(triggered.refs().get("rule_id")).isEqualTo("door");
    assertThat(triggered.refs().get("event_id")).isEqualTo(eventId(1).toString());
    assertThat(triggered.details().get("rule_version").asLong()).isEqualTo(1);
    assertThat(triggered.details().get("action_count").asInt()).isEqualTo(1);
    assertThat(triggered.actor().type()).isEqualTo("rule");
    AuditEvent held = ofRules(audits).getLast();
    assertThat(held.outcome()).isEqualTo(Outcome.SUPPRESSED);
    assertThat(held.details().get("reason").asString()).isEqualTo("debounce");
    assertThat(held.details().get("until").asString()).isEqualTo("2026-11-23T10:00:10.000Z");

    List<Event> children =
        pipeline.events().stream()
            .map(TestRecord::value)
            .filter(event -> event.source().channel() == Channel.RULE_ENGINE)
            .toList();
    assertThat(children).hasSize(1);
    Event child = children.getFirst();
    assertThat(child.traceId().value()).isEqualTo(traceId(1));
    assertThat(child.correlation().parentEventId().value()).isEqualTo(eventId(1));
    assertThat(child.correlation().depth()).isEqualTo(2);
    assertThat(child.source().connectorId()).isEqualTo("door");
    assertThat(child.content().structured().get("of").asString()).isEqualTo("front");
    assertThat(triggered.details().at("/actions/0/event_id").asString())
        .isEqualTo(child.eventId().toString());
  }

  @Test
  void shouldDoAllItsActionsWithTheScopesOfTheEventsConnector() {
    // Given
    pipeline.rule(
        "all",
        7,
        """
        {'conditions':%s,'actions':[
          {'type':'start_task','template':'air','input':{'id':'${content.structured.id}'}},
          {'type':'call_tool','tool':'mcp.home','action':'turn_on','args':{'n':'${content.structured.n}'}},
          {'type':'notify','message':'${content.structured.n}','target':'phone'},
          {'type':'emit_event','channel':'mqtt','text':'it is ${content.structured.state}'}]}
        """
            .formatted(OPEN));

    // When
    pipeline.raw(
        "{\"channel\":\"ha_event\",\"connector_id\":\"garage\",\"sensitivity\":\"high\",\"structured\":{\"state\":\"open\",\"id\":\"a\",\"n\":3}}",
        RawEventHeaders.GRANT,
        "connector");

    // Then
    TaskRequest task = pipeline.taskRequests().getFirst().value();
    assertThat(task.template()).isEqualTo("air");
    assertThat(task.input().toString()).isEqualTo("{\"id\":\"a\"}");
    assertThat(task.event().at("/content/structured/n").asInt()).isEqualTo(3);
    assertThat(task.eventId().value()).isEqualTo(eventId(1));
    assertThat(task.grantedScopes()).containsExactly("door", "timer");
    List<ToolCallRequest> calls = pipeline.calls().stream().map(TestRecord::value).toList();
    assertThat(calls).extracting(ToolCallRequest::tool).containsExactly("mcp.home", "notify");
    assertThat(calls)
        .allSatisfy(
            call -> {
              assertThat(call.requestedBy()).isEqualTo(new Requester("rule", "all"));
              assertThat(call.grantedScopes()).containsExactly("door", "timer");
              assertThat(call.traceId().value()).isEqualTo(traceId(1));
            });
    assertThat(calls.getFirst().args().toString()).isEqualTo("{\"n\":3}");
    assertThat(calls.getLast().args().toString())
        .isEqualTo("{\"message\":\"3\",\"target\":\"phone\",\"urgency\":\"normal\"}");
    assertThat(calls).extracting(ToolCallRequest::idempotencyKey).doesNotHaveDuplicates();
    Event child = pipeline.events().getLast().value();
    assertThat(child.source().channel()).isEqualTo(Channel.MQTT);
    assertThat(child.content().text()).isEqualTo("it is open");
    assertThat(child.security().sensitivity().wire()).isEqualTo("high");
    AuditEvent triggered = ofRules(pipeline.audits()).getFirst();
    assertThat(triggered.details().get("actions")).hasSize(4);
    assertThat(triggered.details().at("/actions/0/task_id").asString())
        .isEqualTo(task.taskId().toString());
  }

  @Test
  void shouldRecordInTheDecisionWhatItRestsOn() {
    // Given
    pipeline
        .setting("autonomy", 4, "{'level':'A3'}")
        .setting("system_status", 9, "{'status':'healthy'}")
        .rule("plain", 2, "{}")
        .rule(
            "task",
            3,
            "{'actions':[{'type':'start_task','template':'t'}],'priority':1,'conditions':{'autonomy_gte':'A3'}}")
        .rule("other", 5, "{'conditions':{'autonomy_gte':'A4'}}");

    // When
    pipeline
        .raw(PipelineTopologyTest.event("api", "curl", "\"text\":\"what a day\""))
        .raw(PipelineTopologyTest.event("api", "curl", "\"text\":\"noop\""));

    // Then
    List<RoutingDecision> decisions = pipeline.decisions().stream().map(TestRecord::value).toList();
    RoutingDecision first = decisions.getFirst();
    assertThat(first.executionMode()).isEqualTo(ExecutionMode.TASK);
    assertThat(first.match().ruleIds()).containsExactly("task", "plain");
    assertThat(first.match().usedLlm()).isFalse();
    assertThat(first.ruleVersions()).containsOnly(entry("task", 3), entry("plain", 2));
    assertThat(first.settingVersions()).containsOnly(entry("autonomy", 4));
    assertThat(first.settingValues())
        .containsOnly(Map.entry("autonomy", Json.object().put("level", "A3")));
    assertThat(first.notes()).isEqualTo("2 rules matched");
    RoutingDecision fast = decisions.get(1);
    assertThat(fast.executionMode()).isEqualTo(ExecutionMode.FAST);
    assertThat(fast.match().fastpath()).isEqualTo("noop");
    assertThat(fast.match().ruleIds()).containsExactly("task", "plain");
  }

  @Test
  void shouldRecordWhatSettingsSaidAlsoWhereNobodyMadeThem() {
    // Given
    String night = "{'timezone':'UTC','windows':[{'start':'22:00','end':'07:00'}]}";
    pipeline
        .setting("quiet_hours.night", 2, night)
        .rule(
            "asks",
            1,
            """
            {'conditions':{'all':[{'autonomy_gte':'A1'},{'none':[{'system_status':'down'}]}]},
             'quiet_hours_policy_id':'night'}
            """)
        .rule("lost", 1, "{'quiet_hours_policy_id':'nowhere'}");

    // When
    pipeline.raw(PipelineTopologyTest.event("api", "curl", "\"text\":\"what a day\""));

    // Then
    RoutingDecision decision = pipeline.decisions().getFirst().value();
    assertThat(decision.settingVersions()).containsOnly(entry("quiet_hours.night", 2));
    assertThat(decision.settingValues())
        .containsOnly(
            Map.entry("autonomy", Json.object().put("level", "A2")),
            Map.entry("system_status", Json.object().put("status", "healthy")),
            Map.entry("quiet_hours.night", (ObjectNode) PipelineFixture.json(night)));
  }

  @Test
  void shouldRecordNoSettingWhereNothingMatchedThatAsksForOne() {
    // Given
    pipeline.setting("autonomy", 4, "{'level':'A3'}").rule("plain", 1, "{}");

    // When
    pipeline.raw(PipelineTopologyTest.event("api", "curl", "\"text\":\"what a day\""));

    // Then
    assertThat(pipeline.decisions().getFirst().value().settingValues()).isNull();
  }

  @Test
  void shouldLoseNoneOfThreeThatMoveAtOnce() {
    // Given
    pipeline.rule(
        "covers",
        1,
        "{'conditions':%s,'key':'${content.structured.id}','debounce_ms':60000}".formatted(OPEN));

    // When
    pipeline
        .raw(door("left"))
        .raw(door("middle"))
        .raw(door("right"))
        .raw(door("left"))
        .raw(door("middle"));

    // Then
    assertThat(ofRules(pipeline.audits()))
        .extracting(audit -> audit.type() + " " + audit.details().get("key").asString())
        .containsExactly(
            "rule.triggered left",
            "rule.triggered middle",
            "rule.triggered right",
            "rule.suppressed left",
            "rule.suppressed middle");
    assertThat(pipeline.calls()).hasSize(3);
  }

  @Test
  void shouldForgetWhatAnOldVersionDid() {
    // Given
    String rule = "{'debounce_ms':60000,'conditions':%s}".formatted(OPEN);
    pipeline.rule("r", 1, rule).raw(door("a")).raw(door("a"));

    // When
    pipeline.rule("r", 2, rule).raw(door("a")).raw(door("a"));

    // Then
    assertThat(ofRules(pipeline.audits()))
        .extracting(audit -> audit.type() + " " + audit.details().get("rule_version").asLong())
        .containsExactly(
            "rule.triggered 1", "rule.suppressed 1", "rule.triggered 2", "rule.suppressed 2");
  }

  @Test
  void shouldNotHearOfARuleThatIsOffOrGone() {
    // Given
    pipeline.rule("off", 2, "{'enabled':false}").rule("gone", 1, "{}").ruleRecord("gone", null);

    // When
    pipeline.raw(PipelineTopologyTest.event("api", "curl", "\"text\":\"noop\""));

    // Then
    assertThat(pipeline.auditTypes()).containsExactly("event.ingested", "routing.decided");
    assertThat(pipeline.calls()).hasSize(1);
  }

  @Test
  void shouldNotTakeAnOlderVersionForTheNewest() {
    // Given
    pipeline.rule("r", 2, "{'enabled':false}").rule("r", 1, "{}");

    // When
    pipeline.raw(door("a"));

    // Then
    assertThat(ofRules(pipeline.audits())).isEmpty();
  }

  @Test
  void shouldStopTwoRulesThatSetEachOtherOffAndNameThem() {
    // Given
    pipeline
        .rule("A", 1, emits("ping", "pong"))
        .rule("B", 1, emits("pong", "ping"))
        .rule("unrelated", 1, emits("else", "nothing"));

    // When
    pipeline.raw(PipelineTopologyTest.event("api", "curl", "\"text\":\"ping\""));

    // Then
    List<AuditEvent> audits = pipeline.audits();
    assertThat(ofRules(audits))
        .extracting(audit -> audit.refs().get("rule_id"))
        .containsExactly("A", "B", "A", "B");
    AuditEvent blocked = audits.getLast();
    assertThat(blocked.type()).isEqualTo("event.loop_blocked");
    assertThat(blocked.traceId().value()).isEqualTo(traceId(1));
    assertThat(blocked.details().get("cycle").toString()).isEqualTo("[\"B\",\"A\",\"B\"]");
    assertThat(blocked.summary()).endsWith("went round are B → A → B");
    assertThat(audits).extracting(AuditEvent::type).containsOnlyOnce("event.loop_blocked");
  }

  @Test
  void shouldSayOnceThatARuleWentOverItsLimit() {
    // Given
    pipeline.rule("hot", 1, "{'max_per_minute':2,'conditions':%s}".formatted(OPEN));

    // When
    for (int i = 0; i < 5; i++) {
      pipeline.raw(door("a"));
    }
    pipeline.after(Duration.ofHours(2)).raw(door("a")).rule("hot", 2, "{}").raw(door("a"));

    // Then
    assertThat(pipeline.tripped())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.key()).isEqualTo("hot");
              RuleTripped tripped = record.value();
              assertThat(tripped.version()).isEqualTo(1);
              assertThat(tripped.maxPerMinute()).isEqualTo(2);
              assertThat(tripped.eventId().value()).isEqualTo(eventId(3));
              assertThat(tripped.traceId().value()).isEqualTo(traceId(3));
            });
    assertThat(ofRules(pipeline.audits()).stream().map(RulesTest::outcome))
        .containsExactly("fired", "fired", "tripped", "tripped", "tripped", "tripped");
  }

  @Test
  void shouldKeepQuietWhileTheSettingSaysSo() {
    // Given
    pipeline
        .setting(
            "quiet_hours.noon",
            1,
            "{'name':'noon','timezone':'UTC','windows':[{'start':'09:00','end':'11:00'}]}")
        .rule("r", 1, "{'quiet_hours_policy_id':'noon','conditions':%s}".formatted(OPEN));

    // When
    pipeline.raw(door("a")).after(Duration.ofHours(1)).raw(door("a")).after(Duration.ofHours(23));
    pipeline.settingRecord("quiet_hours.noon", null).raw(door("a"));

    // Then
    List<AuditEvent> audits = ofRules(pipeline.audits());
    assertThat(audits.stream().map(RulesTest::outcome))
        .containsExactly("quiet_hours", "fired", "fired");
    assertThat(audits.getFirst().details().get("until").asString())
        .isEqualTo("2026-11-23T11:00:00.000Z");
    assertThat(pipeline.decisions())
        .extracting(decision -> decision.value().settingVersions().keySet().toString())
        .containsExactly("[quiet_hours.noon]", "[quiet_hours.noon]", "[]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "[]",
        "{}",
        "null",
        "{\"rule_id\":\"other\",\"version\":1,\"name\":\"x\",\"conditions\":{\"field\":\"a\",\"op\":\"exists\"},\"actions\":[{\"type\":\"notify\",\"message\":\"m\",\"target\":\"t\"}]}"
      })
  void shouldIgnoreABadRecordAndGoOn(String bad) {
    // Given
    pipeline.rule("good", 1, "{}").ruleRecord("bad", bad.getBytes(UTF_8));
    pipeline.ruleRecord("deep", "[".repeat(100_000).getBytes(UTF_8));
    pipeline.settingRecord("autonomy", bad.getBytes(UTF_8));
    pipeline.settingRecord("quiet_hours.x", "{\"version\":1,\"value\":{}}".getBytes(UTF_8));

    // When
    pipeline.raw(PipelineTopologyTest.event("api", "curl", "\"text\":\"hi\""));

    // Then
    assertThat(ofRules(pipeline.audits())).extracting(RulesTest::outcome).containsExactly("fired");
  }

  @Test
  void shouldMakeADeadLetterOfWhatFitsIntoNoMessage() {
    // Given
    String all = "'${content.structured.large}'";
    pipeline
        .rule(
            "large",
            1,
            "{'debounce_ms':1000,'conditions':{'field':'content.structured.large','op':'exists'},'actions':[{'type':'call_tool','tool':'noop','action':'run','args':{'a':[%s]}}]}"
                .formatted(String.join(",", java.util.Collections.nCopies(5, all))))
        .rule("small", 1, "{'conditions':{'field':'content.structured.large','op':'exists'}}");

    // When
    pipeline.raw(
        PipelineTopologyTest.event(
            "api", "curl", "\"structured\":{\"large\":\"%s\"}".formatted("x".repeat(1_000_000))));

    // Then
    TestRecord<byte[], byte[]> letter = pipeline.deadLetters().getFirst();
    assertThat(Headers.text(letter.headers(), DeadLetterHeaders.REASON))
        .isEqualTo("event.too_large");
    assertThat(Headers.text(letter.headers(), DeadLetterHeaders.TRACE_ID))
        .isEqualTo(traceId(1).toString());
    assertThat(pipeline.calls())
        .extracting(call -> call.value().requestedBy().id())
        .containsExactly("small");
    assertThat(pipeline.auditTypes())
        .containsExactlyInAnyOrder(
            "event.ingested", "routing.decided", "event.rejected", "rule.triggered");
  }

  @Test
  void shouldDoTheOtherActionsWhenOneCanNotBeFilledIn() {
    // Given
    pipeline.rule(
        "r",
        1,
        """
        {'actions':[{'type':'call_tool','tool':'noop','action':'run','args':{'x':'${content.structured.nope}'}},
                    {'type':'call_tool','tool':'noop','action':'run','args':{}}]}
        """);

    // When
    pipeline.raw(PipelineTopologyTest.event("api", "curl", "\"text\":\"hi\""));

    // Then
    AuditEvent triggered = ofRules(pipeline.audits()).getFirst();
    assertThat(pipeline.calls()).hasSize(1);
    assertThat(triggered.outcome()).isEqualTo(Outcome.FAILURE);
    assertThat(triggered.details().at("/failures/0/action").asInt()).isZero();
    assertThat(triggered.details().at("/failures/0/problem").asString())
        .contains("/x refers to ${content.structured.nope}, which finds nothing");
  }

  @Test
  void shouldDropWhatIsOver() {
    // Given
    pipeline.rule(
        "r",
        1,
        "{'key':'${content.structured.id}','debounce_ms':1000,'max_per_minute':6000,'conditions':%s}"
            .formatted(OPEN));
    for (int i = 0; i < 30; i++) {
      pipeline.raw(door("d" + i));
    }
    long before = pipeline.remembered();

    // When
    for (int i = 0; i < 2; i++) {
      pipeline.after(Duration.ofMinutes(3)).raw(door("d"));
    }

    // Then
    assertThat(before).isGreaterThan(60);
    assertThat(pipeline.remembered()).isLessThan(10);
  }

  @Test
  void shouldGiveTheSameWhenTheSameIsReadAgain() {
    // Given
    String rule = "{'debounce_ms':5000,'conditions':%s}".formatted(OPEN);
    pipeline.rule("r", 1, rule).raw(door("a")).raw(door("a"));
    List<AuditEvent> audits = pipeline.audits();
    List<ToolCallRequest> calls = pipeline.calls().stream().map(TestRecord::value).toList();

    // When
    try (var again = new PipelineFixture()) {
      again.rule("r", 1, rule).raw(door("a")).raw(door("a"));

      // Then
      assertThat(again.audits()).isEqualTo(audits);
      assertThat(again.calls()).extracting(TestRecord::value).isEqualTo(calls);
    }
  }

  private static String emits(String when, String then) {
    return "{'conditions':{'field':'content.text','op':'eq','value':'%s'},'actions':[{'type':'emit_event','text':'%s'}]}"
        .formatted(when, then);
  }

  private static String outcome(AuditEvent audit) {
    return audit.type().equals("rule.triggered")
        ? "fired"
        : audit.details().get("reason").asString();
  }

  private static List<AuditEvent> ofRules(List<AuditEvent> audits) {
    return audits.stream().filter(audit -> audit.type().startsWith("rule.")).toList();
  }

  private static java.util.Map.Entry<String, Long> entry(String name, long version) {
    return java.util.Map.entry(name, version);
  }

  private static String door(String id) {
    return PipelineTopologyTest.event(
        "ha_event", "home", "\"structured\":{\"state\":\"open\",\"id\":\"%s\"}".formatted(id));
  }
}
