package dev.syris.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.audit.AuditType;
import dev.syris.contracts.event.Channel;
import dev.syris.contracts.id.EventId;
import dev.syris.contracts.routing.ExecutionMode;
import dev.syris.gateway.fixture.Reply;
import dev.syris.gateway.fixture.TestGateway;
import dev.syris.gateway.fixture.Trail;
import dev.syris.testkit.WithBackends;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@WithBackends
class ListsIT {

  private static final TestGateway GATEWAY = TestGateway.shared();
  private static final Instant START = Instant.parse("2026-01-31T08:00:00.123Z");
  private static final Trail TRAIL = new Trail();
  private static final List<String> EVENTS = new ArrayList<>();
  private static final List<String> AUDITS = new ArrayList<>();

  @BeforeAll
  static void fill() {
    for (int i = 0; i < 7; i++) {
      Instant at = START.plusMillis(i / 2);
      EventId event = TRAIL.event(i % 2 == 0 ? Channel.CHAT : Channel.SMS, "lists", at, null);
      EVENTS.add(event.toString());
      TRAIL.decision(event, ExecutionMode.NONE, at);
      AUDITS.add(TRAIL.audit(AuditType.EVENT_INGESTED, event, null).toString());
      AUDITS.add(TRAIL.audit(AuditType.ROUTING_DECIDED, event, null).toString());
    }
    await().until(() -> items("/audit?trace_id=" + TRAIL.trace()).size() == 14);
    await().until(() -> items("/events?trace_id=" + TRAIL.trace()).size() == 7);
    await().until(() -> items("/routing-decisions?trace_id=" + TRAIL.trace()).size() == 7);
  }

  @Test
  void shouldGiveEachItemOnceOverAllPages() {
    // When
    List<String> pages =
        walk("/events?connector_id=lists&limit=2&trace_id=" + TRAIL.trace(), "event_id");
    // Then
    assertThat(pages).containsExactlyInAnyOrderElementsOf(EVENTS);
    List<Instant> times =
        items("/events?connector_id=lists&trace_id=" + TRAIL.trace()).stream()
            .map(item -> Instant.parse(item.get("ingested_at").stringValue()))
            .toList();
    assertThat(times).isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  @Test
  void shouldGoThroughATraceInTheOrderThingsHappened() {
    // When
    List<String> audits = walk("/audit?limit=3&trace_id=" + TRAIL.trace(), "audit_id");
    // Then
    assertThat(audits).containsExactlyElementsOf(AUDITS);
  }

  @Test
  void shouldShowTheNewestFirstOtherwise() {
    // When
    List<Long> sequences =
        items("/audit?limit=10").stream().map(item -> item.get("sequence").longValue()).toList();
    // Then
    assertThat(sequences).isSortedAccordingTo((a, b) -> Long.compare(b, a)).hasSize(10);
  }

  @Test
  void shouldFilter() {
    String trace = "&trace_id=" + TRAIL.trace();
    assertThat(items("/events?channel=sms" + trace)).hasSize(3);
    assertThat(items("/audit?type=routing.*" + trace)).hasSize(7);
    assertThat(items("/audit?type=event.ingested" + trace)).hasSize(7);
    assertThat(items("/audit?stage=route&outcome=success&connector_id=phone" + trace)).hasSize(7);
    assertThat(items("/audit?outcome=failure" + trace)).isEmpty();
    assertThat(items("/audit?event_id=" + EVENTS.getFirst())).hasSize(2);
    assertThat(items("/audit?tool=noop&task_id=x" + trace)).isEmpty();
  }

  @Test
  void shouldTakeSinceInclusiveAndUntilExclusive() {
    String trace = "&trace_id=" + TRAIL.trace();
    assertThat(items("/events?since=2026-01-31T08:00:00.124Z" + trace)).hasSize(5);
    assertThat(items("/events?until=2026-01-31T08:00:00.124Z" + trace)).hasSize(2);
    assertThat(
            items(
                "/events?since=2026-01-31T09:00:00.124%2B01:00&until=2026-01-31T08:00:00.125Z"
                    + trace))
        .hasSize(2);
    assertThat(items("/audit?since=2026-01-01T00:00:00Z" + trace)).hasSize(14);
    assertThat(items("/audit?until=2026-01-01T00:00:00Z" + trace)).isEmpty();
  }

  @Test
  void shouldFindEachItemByItsId() {
    String event = EVENTS.getFirst();
    assertThat(GATEWAY.get("/events/" + event).json().get("event_id").stringValue())
        .isEqualTo(event);
    assertThat(GATEWAY.get("/routing-decisions/" + event).json().get("event_id").stringValue())
        .isEqualTo(event);
    assertThat(GATEWAY.get("/audit/" + AUDITS.getFirst()).json().get("audit_id").stringValue())
        .isEqualTo(AUDITS.getFirst());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/events/",
        "/audit/",
        "/traces/",
        "/routing-decisions/",
        "/tool-calls/",
        "/tools/",
        "/schedules/",
        "/watchers/",
        "/alarms/",
        "/dead-letters/",
        "/tokens/",
        "/artifacts/"
      })
  void shouldSayThatAThingIsNotThere(String collection) {
    assertThat(GATEWAY.get(collection + "018f0000-0000-7000-8000-000000000000").status())
        .isEqualTo(404);
    assertThat(GATEWAY.get(collection + "no-id-at-all").status()).isEqualTo(404);
  }

  @Test
  void shouldRefuseACursorOfAnotherList() {
    // Given
    String cursor =
        GATEWAY.get("/events?limit=1&channel=chat").json().get("next_cursor").stringValue();
    // When
    Reply other = GATEWAY.get("/events?limit=1&cursor=" + cursor);
    // Then
    assertThat(other.status()).isEqualTo(400);
    assertThat(other.json().get("parameter").stringValue()).isEqualTo("cursor");
    assertThat(GATEWAY.get("/events?limit=2&channel=chat&cursor=" + cursor).status())
        .isEqualTo(200);
  }

  @Test
  void shouldListToolsByName() {
    // Given
    GATEWAY
        .owner()
        .sql(
            "insert into stub.tool values ('zeta', 'available', '{\"tool\":\"zeta\"}'), ('alpha', 'available', '{\"tool\":\"alpha\"}')")
        .update();
    // When / Then
    assertThat(walk("/tools?limit=1", "tool")).containsExactly("alpha", "zeta");
    assertThat(GATEWAY.get("/tools/alpha").json().get("tool").stringValue()).isEqualTo("alpha");
  }

  private static List<String> walk(String path, String id) {
    var all = new ArrayList<String>();
    String cursor = "";
    do {
      JsonNode page = GATEWAY.get(path + cursor).json();
      page.get("items").forEach(item -> all.add(item.get(id).stringValue()));
      cursor =
          page.get("next_cursor").isNull()
              ? ""
              : "&cursor=" + page.get("next_cursor").stringValue();
    } while (!cursor.isEmpty());
    return all;
  }

  private static List<JsonNode> items(String path) {
    return StreamSupport.stream(GATEWAY.get(path).json().get("items").spliterator(), false)
        .toList();
  }
}
