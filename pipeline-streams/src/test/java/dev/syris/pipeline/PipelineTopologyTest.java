package dev.syris.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.event.Channel;
import dev.syris.contracts.event.Event;
import dev.syris.contracts.event.Sensitivity;
import dev.syris.contracts.id.TraceParent;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.routing.ExecutionMode;
import dev.syris.contracts.routing.RiskLevel;
import dev.syris.contracts.routing.RoutingDecision;
import dev.syris.contracts.tool.Requester;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.topic.Headers;
import dev.syris.contracts.topic.RawEventHeaders;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PipelineTopologyTest {

  private static final String TIMER =
      event("api", "curl", "\"text\":\"set a timer for 10 minutes\"");

  private final PipelineFixture pipeline = new PipelineFixture();

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void shouldLeadFromARawEventToAToolCall() {
    // When
    pipeline.raw(TIMER);

    // Then
    TestRecord<String, Event> event = pipeline.events().getFirst();
    assertThat(event.key()).isEqualTo("curl");
    assertThat(event.value().eventId().value()).isEqualTo(PipelineFixture.eventId(1));
    assertThat(event.value().ingestedAt()).isEqualTo(PipelineFixture.START);

    RoutingDecision decision = pipeline.decisions().getFirst().value();
    assertThat(decision.executionMode()).isEqualTo(ExecutionMode.FAST);
    assertThat(decision.intent()).isEqualTo("timer.set");
    assertThat(decision.match().fastpath()).isEqualTo("timer.set");
    assertThat(decision.match().usedLlm()).isFalse();
    assertThat(decision.requiredScopes()).containsExactly("timer");
    assertThat(decision.riskLevel()).isEqualTo(RiskLevel.LOW);
    assertThat(decision.decidedAt()).isEqualTo(PipelineFixture.START);

    TestRecord<String, ToolCallRequest> call = pipeline.calls().getFirst();
    assertThat(call.key()).isEqualTo(PipelineFixture.traceId(1).toString());
    assertThat(call.value().tool()).isEqualTo("timer");
    assertThat(call.value().action()).isEqualTo("set");
    assertThat(call.value().args().get("seconds").asLong()).isEqualTo(600);
    assertThat(call.value().requestedBy()).isEqualTo(new Requester("connector", "curl"));
    assertThat(call.value().grantedScopes()).containsExactly("timer", "status");

    assertThat(pipeline.auditTypes()).containsExactly("event.ingested", "routing.decided");
  }

  @Test
  void shouldTellTheTrailWhatIsKnown() {
    // When
    pipeline.raw(TIMER, RawEventHeaders.PARENT_EVENT_ID, PipelineFixture.eventId(77).toString());

    // Then
    ToolCallRequest call = pipeline.calls().getFirst().value();
    List<AuditEvent> audits = pipeline.audits();
    assertThat(audits)
        .allSatisfy(
            audit -> {
              assertThat(audit.traceId().value()).isEqualTo(PipelineFixture.traceId(1));
              assertThat(audit.timestamp()).isEqualTo(PipelineFixture.START);
              assertThat(audit.connectorId()).isEqualTo("curl");
              assertThat(audit.refs().get("event_id"))
                  .isEqualTo(PipelineFixture.eventId(1).toString());
              assertThat(audit.refs().get("parent_event_id"))
                  .isEqualTo(PipelineFixture.eventId(77).toString());
              assertThat(audit.summary()).doesNotContain("10 minutes");
            });
    assertThat(audits.getLast().refs().get("tool_call_id")).isEqualTo(call.toolCallId().toString());
    assertThat(audits.getLast().tool()).isEqualTo("timer");
    assertThat(audits.getLast().riskLevel()).isEqualTo(RiskLevel.LOW);
  }

  @Test
  void shouldGiveTheSameIdsWhenTheSameRecordIsReadAgain() {
    // Given
    pipeline.raw(TIMER);
    ToolCallRequest first = pipeline.calls().getFirst().value();
    List<AuditEvent> audits = pipeline.audits();

    // When
    try (var again = new PipelineFixture()) {
      again.raw(TIMER);

      // Then
      assertThat(again.calls().getFirst().value()).isEqualTo(first);
      assertThat(again.audits()).isEqualTo(audits);
    }
  }

  @Test
  void shouldCarryTheTraceOnEveryRecord() {
    // When
    pipeline.raw(TIMER);

    // Then
    org.apache.kafka.common.header.Headers headers = pipeline.calls().getFirst().headers();
    String parent = Headers.text(headers, TraceParent.HEADER);
    assertThat(TraceParent.parse(parent).orElseThrow().value())
        .isEqualTo(PipelineFixture.traceId(1));
    assertThat(headers.toArray()).hasSize(1);
  }

  @Test
  void shouldDecideOnNothingWhenNothingMatches() {
    // When
    pipeline.raw(event("api", "curl", "\"text\":\"what a nice day\""));

    // Then
    RoutingDecision decision = pipeline.decisions().getFirst().value();
    assertThat(decision.executionMode()).isEqualTo(ExecutionMode.NONE);
    assertThat(decision.intent()).isNull();
    assertThat(decision.notes()).isEqualTo("Nothing matched");
    assertThat(pipeline.calls()).isEmpty();
    assertThat(pipeline.auditTypes()).containsExactly("event.ingested", "routing.decided");
  }

  @Test
  void shouldSayWhyWhenADurationIsAbsurd() {
    // When
    pipeline.raw(event("api", "curl", "\"text\":\"set a timer for 400 days\""));

    // Then
    assertThat(pipeline.decisions().getFirst().value().notes())
        .isEqualTo(
            "Nothing matched: it looked like timer.set, but the duration \"400 days\" is longer than 365 days");
    assertThat(pipeline.calls()).isEmpty();
  }

  @Test
  void shouldReadAnAlarmOnTheClockOfItsActor() {
    // When
    pipeline.raw(event("api", "curl", "\"text\":\"wake me at 7\""));
    pipeline.raw(
        event(
            "api",
            "curl",
            "\"text\":\"wake me tomorrow at 7\",\"context\":{\"timezone\":\"Asia/Tokyo\"}"));

    // Then
    assertThat(pipeline.calls())
        .extracting(call -> call.value().tool() + " " + call.value().action() + call.value().args())
        .containsExactly(
            "alarm set{\"time\":\"07:00\",\"timezone\":\"Europe/Berlin\"}",
            "alarm set{\"time\":\"07:00\",\"timezone\":\"Asia/Tokyo\",\"date\":\"tomorrow\"}");
    assertThat(pipeline.decisions().getFirst().value().requiredScopes()).containsExactly("timer");
  }

  @Test
  void shouldDecideOnNothingWhenNoClockShowsTheTime() {
    // When
    pipeline.raw(event("api", "curl", "\"text\":\"wake me at 25:00\""));

    // Then
    RoutingDecision decision = pipeline.decisions().getFirst().value();
    assertThat(decision.executionMode()).isEqualTo(ExecutionMode.NONE);
    assertThat(decision.notes())
        .isEqualTo(
            "Nothing matched: it looked like alarm.set, but the time \"25:00\" is not on a 24-hour clock");
    assertThat(pipeline.calls()).isEmpty();
  }

  @Test
  void shouldListSchedulesWhenAsked() {
    // When
    pipeline.raw(event("api", "curl", "\"text\":\"what's scheduled?\""));

    // Then
    ToolCallRequest call = pipeline.calls().getFirst().value();
    assertThat(call.tool()).isEqualTo("schedule");
    assertThat(call.action()).isEqualTo("list");
    assertThat(call.args()).isEqualTo(Json.object());
    assertThat(pipeline.decisions().getFirst().value().requiredScopes()).containsExactly("status");
  }

  @Test
  void shouldFillInEveryDefault() {
    // When
    pipeline.raw(
        event("sms", "phone", "\"text\":\"see https://example.org/a.\",\"thread_id\":\"t\""));

    // Then
    TestRecord<String, Event> record = pipeline.events().getFirst();
    Event event = record.value();
    assertThat(record.key()).isEqualTo("5:phone:t");
    assertThat(event.schemaVersion()).isEqualTo(1);
    assertThat(event.occurredAt()).isEqualTo(PipelineFixture.START);
    assertThat(event.source().channel()).isEqualTo(Channel.SMS);
    assertThat(event.actor().id()).isEqualTo("phone");
    assertThat(event.content().structured().isEmpty()).isTrue();
    assertThat(event.content().links()).containsExactly("https://example.org/a");
    assertThat(event.context().timezone()).isEqualTo("Europe/Berlin");
    assertThat(event.context().locale()).isEqualTo("und");
    assertThat(event.security().sensitivity()).isEqualTo(Sensitivity.LOW);
    assertThat(event.correlation().depth()).isZero();
  }

  @Test
  void shouldHaveTheConnectorsScopesWhenTheDoorProvedIt() {
    // When
    pipeline.raw(event("api", "garage", "\"text\":\"noop\""), RawEventHeaders.GRANT, "connector");
    pipeline.raw(event("api", "garage", "\"text\":\"noop\""));

    // Then
    assertThat(pipeline.calls())
        .extracting(call -> call.value().grantedScopes())
        .containsExactly(List.of("door", "timer"), List.of("timer", "status"));
  }

  @Test
  void shouldKeepTheFastPathFromChannelsOfOurOwn() {
    // When
    pipeline.raw(
        event("scheduler", "timer", "\"text\":\"set a timer for 10 minutes\""),
        RawEventHeaders.DEPTH,
        "1",
        RawEventHeaders.PARENT_EVENT_ID,
        PipelineFixture.eventId(9).toString());

    // Then
    assertThat(pipeline.calls()).isEmpty();
    Event child = pipeline.events().getFirst().value();
    assertThat(child.correlation().depth()).isEqualTo(1);
    assertThat(child.correlation().parentEventId().value()).isEqualTo(PipelineFixture.eventId(9));
    assertThat(pipeline.decisions().getFirst().value().notes()).contains("no channel of our own");
  }

  @Test
  void shouldKeepTheFastPathFromConnectorsThatHaveItOff() {
    // When
    pipeline.raw(event("api", "quiet", "\"text\":\"noop\""));

    // Then
    assertThat(pipeline.calls()).isEmpty();
    assertThat(pipeline.decisions().getFirst().value().notes()).contains("off for this connector");
  }

  @Test
  void shouldStopALoop() {
    // When
    pipeline.raw(event("rule_engine", "r", "\"text\":\"x\""), RawEventHeaders.DEPTH, "4");

    // Then
    assertThat(pipeline.events()).hasSize(1);
    assertThat(pipeline.decisions()).isEmpty();
    assertThat(pipeline.auditTypes()).containsExactly("event.ingested", "event.loop_blocked");
  }

  @Test
  void shouldDecideOnNothingWhenTheActorIsASpammer() {
    // When
    pipeline.raw(
        event(
            "email", "mail", "\"text\":\"noop\",\"actor\":{\"type\":\"user\",\"id\":\"spammer\"}"));

    // Then
    assertThat(pipeline.calls()).isEmpty();
    assertThat(pipeline.decisions().getFirst().value().notes()).contains("spam");
  }

  @Test
  void shouldLetAMessageThroughOnceWhenItIsSentAHundredTimes() {
    // Given
    String json = event("api", "curl", "\"text\":\"noop\",\"message_id\":\"m-1\"");

    // When
    for (int i = 0; i < 100; i++) {
      pipeline.after(Duration.ofMinutes(10)).raw(json);
    }

    // Then
    assertThat(pipeline.events()).hasSize(1);
    assertThat(pipeline.calls()).hasSize(1);
    List<AuditEvent> audits = pipeline.audits();
    List<AuditEvent> deduped =
        audits.stream().filter(audit -> audit.type().equals("event.deduped")).toList();
    assertThat(audits).hasSize(101);
    assertThat(deduped).hasSize(99);
    assertThat(deduped).extracting(AuditEvent::auditId).doesNotHaveDuplicates();
    assertThat(deduped)
        .allSatisfy(
            audit ->
                assertThat(audit.refs().get("event_id"))
                    .isEqualTo(PipelineFixture.eventId(1).toString()));
    assertThat(deduped.getLast().traceId().value()).isEqualTo(PipelineFixture.traceId(100));
  }

  @Test
  void shouldDropAnEventIdThatARelayRepeats() {
    // Given
    org.apache.kafka.common.header.Headers stamps = pipeline.stamped();

    // When
    pipeline
        .raw(TIMER.getBytes(UTF_8), stamps)
        .raw(TIMER.getBytes(UTF_8), stamps)
        .raw(TIMER.getBytes(UTF_8), stamps);

    // Then
    assertThat(pipeline.events()).hasSize(1);
    assertThat(pipeline.audits())
        .extracting(AuditEvent::type)
        .containsExactly("event.ingested", "routing.decided", "event.deduped", "event.deduped");
  }

  @Test
  void shouldTakeAMessageAgainAfterADay() {
    // Given
    String json = event("api", "curl", "\"message_id\":\"m-1\"");
    pipeline.after(Duration.ofHours(13)).raw(json);

    // When
    pipeline
        .after(Duration.ofHours(24).minusMillis(1))
        .raw(json)
        .after(Duration.ofMillis(1))
        .raw(json);

    // Then
    assertThat(pipeline.events()).hasSize(2);
    assertThat(pipeline.auditTypes()).containsOnlyOnce("event.deduped");
  }

  @Test
  void shouldTellMessagesApartWhenAnythingThatNamesThemDiffers() {
    // When
    pipeline
        .raw(event("api", "curl", "\"message_id\":\"m\""))
        .raw(event("api", "curl", "\"message_id\":\"n\""))
        .raw(event("api", "curl", "\"message_id\":\"m\",\"thread_id\":\"t\""))
        .raw(event("sms", "curl", "\"message_id\":\"m\""))
        .raw(event("api", "garage", "\"message_id\":\"m\""))
        .raw(event("api", "garage", "\"message_id\":\"m\""), RawEventHeaders.GRANT, "connector");

    // Then
    assertThat(pipeline.events()).hasSize(6);
    assertThat(pipeline.auditTypes()).doesNotContain("event.deduped");
  }

  @Test
  void shouldAskForEveryChangeOfTheDrawing() throws IOException {
    // Given
    var settings =
        new PipelineTopology.Settings(
            PipelineFixture.CONNECTORS,
            new dev.syris.pipeline.route.Filters(8, java.util.Set.of()),
            java.time.ZoneOffset.UTC);

    // When
    String drawing = new PipelineTopology(settings).get().describe().toString();

    // Then
    try (var approved = getClass().getResourceAsStream("topology.approved.txt")) {
      assertThat(drawing.strip()).isEqualTo(new String(approved.readAllBytes(), UTF_8).strip());
    }
  }

  static String event(String channel, String connector, String more) {
    return "{\"channel\":\"%s\",\"connector_id\":\"%s\",%s}".formatted(channel, connector, more);
  }
}
