package dev.syris.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.gateway.fixture.FakeService;
import dev.syris.gateway.fixture.FakeService.Answer;
import dev.syris.gateway.fixture.Reply;
import dev.syris.gateway.fixture.TaskRows;
import dev.syris.gateway.fixture.TestGateway;
import dev.syris.testkit.WithBackends;
import dev.syris.testkit.schema.PublishedSchema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Watchers and alarms as the gateway shows and forwards them. */
@WithBackends
class AlarmsIT {

  private static final TestGateway GATEWAY = TestGateway.shared();
  private static final FakeService TASK = GATEWAY.ingest();
  private static final Instant START = Instant.parse("2026-01-31T08:00:00.120Z");
  private static final UUID TRACE = UUID.randomUUID();
  private static UUID newest;

  @BeforeAll
  static void fill() {
    var rows = new TaskRows(GATEWAY.owner());
    rows.watcher("it-router", true);
    rows.watcher("it-garden", false);
    rows.alarm("outbox.lag", "error", "resolved", TRACE, START);
    rows.alarm("disk.full", "critical", "acked", TRACE, START.plusMillis(1));
    newest = rows.alarm("disk.full", "warning", "open", TRACE, START.plusMillis(2));
  }

  @BeforeEach
  void listen() {
    TASK.received().clear();
  }

  @AfterEach
  void answerAsUsual() {
    TASK.answer(request -> new Answer(202, "{}", Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "'', warning critical error",
    "&status=open, warning",
    "&status=acked, critical",
    "&severity=error, error",
    "&type=disk.full, warning critical",
    "&since=2026-01-31T08:00:00.121Z&until=2026-01-31T08:00:00.122Z, critical"
  })
  void shouldListAlarmsNewestFirstByFilter(String filter, String severities) {
    // When
    Reply reply = GATEWAY.get("/alarms?trace_id=" + TRACE + filter);
    // Then
    assertThat(texts(reply, "severity")).containsExactly(severities.split(" "));
    assertThat(reply.json().get("items"))
        .allSatisfy(item -> assertThat(PublishedSchema.named("alarm").problemsOf(item)).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/alarms?status=loud", "/alarms?severity=info", "/watchers?enabled=1"})
  void shouldRefuseAFilterItCannotRead(String path) {
    assertThat(GATEWAY.get(path).status()).isEqualTo(400);
  }

  @Test
  void shouldShowOneAlarmByItsId() {
    // When
    Reply found = GATEWAY.get("/alarms/" + newest);
    Reply missing = GATEWAY.get("/alarms/" + UUID.randomUUID());
    // Then
    assertThat(found.json().get("type").stringValue()).isEqualTo("disk.full");
    assertThat(missing.code()).isEqualTo("alarm.not_found");
  }

  @Test
  void shouldListWatchersByName() {
    // When
    Reply all = GATEWAY.get("/watchers");
    Reply off = GATEWAY.get("/watchers?enabled=false");
    // Then
    assertThat(texts(all, "watcher_id")).containsSubsequence("it-garden", "it-router").isSorted();
    assertThat(texts(off, "watcher_id")).contains("it-garden").doesNotContain("it-router");
    assertThat(all.json().get("items"))
        .allSatisfy(
            item -> assertThat(PublishedSchema.named("watcher").problemsOf(item)).isEmpty());
    assertThat(GATEWAY.get("/watchers/it-garden").json().get("enabled").booleanValue()).isFalse();
    assertThat(GATEWAY.get("/watchers/it-garden").header("etag")).isEqualTo("\"3\"");
    assertThat(GATEWAY.get("/watchers/nothing").code()).isEqualTo("watcher.not_found");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /alarms/x/ack, approve, call",
    "POST, /alarms/x/resolve, approve, read",
    "PATCH, /watchers/heartbeat, admin, approve"
  })
  void shouldForwardToTheTaskServiceForItsScopeOnly(
      String method, String path, String scope, String other) {
    // Given
    TASK.answer(request -> new Answer(200, "{\"ok\":true}", Map.of()));
    String body = "{\"note\": \"seen\"}";
    // When
    Reply refused = GATEWAY.call(method, path).token(GATEWAY.token(other)).json(body).send();
    String token = scope.equals("admin") ? GATEWAY.operator() : GATEWAY.token(scope);
    Reply reply = GATEWAY.call(method, path).token(token).json(body).send();
    // Then
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().get("missing_scope").stringValue()).isEqualTo(scope);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(TASK.received()).hasSize(1);
    assertThat(TASK.received().getFirst().method()).isEqualTo(method);
    assertThat(TASK.received().getFirst().uri().getPath()).isEqualTo(path);
    assertThat(new String(TASK.received().getFirst().body(), StandardCharsets.UTF_8))
        .isEqualTo(body);
  }

  @Test
  void shouldAckAnAlarmWithoutANote() {
    // When
    Reply reply = GATEWAY.call("POST", "/alarms/x/ack").token(GATEWAY.operator()).send();
    // Then
    assertThat(reply.status()).isEqualTo(202);
    assertThat(TASK.received()).hasSize(1);
  }

  private static List<String> texts(Reply page, String member) {
    return page.json()
        .get("items")
        .valueStream()
        .map(item -> item.get(member).stringValue())
        .toList();
  }
}
