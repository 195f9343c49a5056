package dev.syris.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.audit.AuditType;
import dev.syris.contracts.json.Json;
import dev.syris.gateway.fixture.EventStream;
import dev.syris.gateway.fixture.Reply;
import dev.syris.gateway.fixture.TestGateway;
import dev.syris.gateway.fixture.Trail;
import dev.syris.testkit.WithBackends;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@WithBackends
class StreamIT {

  private static final TestGateway GATEWAY = TestGateway.shared();

  @Test
  void shouldSendWhatIsRecordedAsItIsRecorded() {
    // Given
    var trail = new Trail();
    try (EventStream stream = open("/stream?trace_id=" + trail.trace(), null)) {
      await().until(stream::opened);
      // When
      String audit = trail.audit(AuditType.EVENT_INGESTED, null, null).toString();
      // Then
      await().until(() -> stream.data().size() == 1);
      assertThat(Json.mapper().readTree(stream.data().getFirst()).get("audit_id").stringValue())
          .isEqualTo(audit);
      assertThat(Json.mapper().readTree(stream.data().getFirst()).get("sequence").longValue())
          .isEqualTo(stream.ids().getFirst());
      assertThat(stream.head())
          .anyMatch(line -> line.equalsIgnoreCase("Content-Type: text/event-stream;charset=UTF-8"));
    }
  }

  @Test
  void shouldResumeWithoutGapOrRepeat() {
    // Given
    var trail = new Trail();
    trail.audit(AuditType.EVENT_INGESTED, null, null);
    await().until(() -> count(trail) == 1);
    long start =
        GATEWAY
            .get("/audit?trace_id=" + trail.trace())
            .json()
            .get("items")
            .get(0)
            .get("sequence")
            .longValue();
    var seen = new ArrayList<Long>();
    long last = start;
    // When the connection is broken off again and again while the trail grows
    for (int round = 0; round < 5; round++) {
      long from = last;
      int expected = seen.size() + 30;
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () ->
                      LongStream.range(0, 30)
                          .forEach(i -> trail.audit(AuditType.ROUTING_DECIDED, null, null)));
      try (EventStream stream = open("/stream?trace_id=" + trail.trace(), from)) {
        await().until(() -> stream.ids().size() >= 10);
        seen.addAll(List.copyOf(stream.ids()));
        last = seen.getLast();
      }
      await().until(() -> !writer.isAlive());
    }
    long resumed = last;
    try (EventStream stream =
        open("/stream?trace_id=" + trail.trace() + "&last_event_id=" + resumed, null)) {
      await().until(() -> seen.size() + stream.ids().size() >= 150);
      seen.addAll(List.copyOf(stream.ids()));
    }
    // Then
    List<Long> recorded =
        GATEWAY
            .get("/audit?limit=500&trace_id=" + trail.trace())
            .json()
            .get("items")
            .valueStream()
            .map(item -> item.get("sequence").longValue())
            .filter(sequence -> sequence > start)
            .toList();
    assertThat(seen).containsExactlyElementsOf(recorded).hasSize(150);
  }

  @Test
  void shouldFilterAndSaySoWhereItCannot() {
    // Given
    var trail = new Trail();
    try (EventStream stream = open("/stream?type=routing.*&trace_id=" + trail.trace(), null)) {
      await().until(stream::opened);
      // When
      trail.audit(AuditType.EVENT_INGESTED, null, null);
      trail.audit(AuditType.ROUTING_DECIDED, null, null);
      // Then
      await().until(() -> !stream.data().isEmpty());
      assertThat(stream.data()).singleElement().asString().contains("routing.decided");
    }
    for (String wrong :
        List.of(
            "limit=5",
            "cursor=x",
            "type=nonsense",
            "last_event_id=x",
            "last_event_id=99999999999")) {
      Reply reply = GATEWAY.get("/stream?" + wrong);
      assertThat(reply.status()).as(wrong).isEqualTo(400);
      assertThat(reply.json().get("parameter").stringValue())
          .isEqualTo(wrong.substring(0, wrong.indexOf('=')));
    }
  }

  @Test
  void shouldEndWithItsToken() {
    // Given
    Reply made =
        GATEWAY
            .call("POST", "/tokens")
            .token(GATEWAY.operator())
            .json("{\"name\":\"s\",\"scopes\":[\"read\"]}")
            .send();
    try (EventStream stream =
        EventStream.open(
            GATEWAY.call("GET", "/stream").token(made.json().get("secret").stringValue()),
            GATEWAY.port())) {
      await().until(stream::opened);
      // When
      GATEWAY
          .call("DELETE", "/tokens/" + made.json().get("token_id").stringValue())
          .token(GATEWAY.operator())
          .send();
      // Then
      await().atMost(Duration.ofSeconds(3)).until(stream::ended);
    }
  }

  @Test
  void shouldEndAtOnceWhenTheGatewayStops() {
    // Given
    var gateway = TestGateway.start(TestGateway.database(), TestGateway.folder());
    try (EventStream stream =
        EventStream.open(
            gateway.call("GET", "/stream").token(gateway.operator()), gateway.port())) {
      await().until(stream::opened);
      long start = System.nanoTime();
      // When
      gateway.close();
      // Then
      await().atMost(Duration.ofSeconds(1)).until(stream::ended);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void shouldLimitHowManyAreOpen() {
    // Given
    try (var gateway =
            TestGateway.start(
                TestGateway.database(), TestGateway.folder(), "syris.http.max-streams=1");
        EventStream stream =
            EventStream.open(
                gateway.call("GET", "/stream").token(gateway.operator()), gateway.port())) {
      await().until(stream::opened);
      // When
      Reply second = gateway.get("/stream");
      // Then
      assertThat(second.status()).isEqualTo(503);
      assertThat(second.code()).isEqualTo("stream.full");
    }
  }

  private static EventStream open(String path, Long last) {
    var call = GATEWAY.call("GET", path).token(GATEWAY.operator());
    return EventStream.open(
        last == null ? call : call.header("Last-Event-ID", last.toString()), GATEWAY.port());
  }

  private static int count(Trail trail) {
    return GATEWAY.get("/audit?trace_id=" + trail.trace()).json().get("items").size();
  }
}
