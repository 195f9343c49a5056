package dev.syris.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.gateway.fixture.FakeService;
import dev.syris.gateway.fixture.FakeService.Answer;
import dev.syris.gateway.fixture.FakeService.Received;
import dev.syris.gateway.fixture.Reply;
import dev.syris.gateway.fixture.TaskRows;
import dev.syris.gateway.fixture.TestGateway;
import dev.syris.testkit.WithBackends;
import dev.syris.testkit.schema.PublishedSchema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Schedules as the gateway shows and forwards them. */
@WithBackends
class SchedulesIT {

  private static final TestGateway GATEWAY = TestGateway.shared();
  private static final FakeService TASK = GATEWAY.ingest();
  private static final Instant START = Instant.parse("2031-01-31T08:00:00.120Z");
  private static final String SINCE = "since=2031-01-31T08:00:00.120Z";

  @BeforeAll
  static void fill() {
    var rows = new TaskRows(GATEWAY.owner());
    rows.schedule("list-a", "schedule", true, START);
    rows.schedule("list-b", "timer", true, START);
    rows.schedule("list-c", "schedule", false, START.plusMillis(1));
    rows.schedule("list-d", "alarm", true, START.plusMillis(2));
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
    "'', list-d list-c list-b list-a",
    "&enabled=true, list-d list-b list-a",
    "&enabled=false, list-c",
    "&kind=timer, list-b",
    "&kind=schedule&enabled=true, list-a",
    "&until=2031-01-31T08:00:00.122Z, list-c list-b list-a"
  })
  void shouldListSchedulesNewestFirstByFilter(String filter, String expected) {
    // When
    Reply reply = GATEWAY.get("/schedules?" + SINCE + filter);
    // Then
    assertThat(ids(reply.json())).containsExactly(expected.split(" "));
    assertThat(reply.json().get("items"))
        .allSatisfy(
            item -> assertThat(PublishedSchema.named("schedule").problemsOf(item)).isEmpty());
  }

  @Test
  void shouldGoOnAfterACursorAmongSchedulesOfTheSameTime() {
    // Given
    String page = "/schedules?limit=3&" + SINCE;
    String cursor = GATEWAY.get(page).json().get("next_cursor").stringValue();
    // When
    JsonNode rest = GATEWAY.get(page + "&cursor=" + cursor).json();
    // Then
    assertThat(ids(rest)).containsExactly("list-a");
    assertThat(rest.get("next_cursor").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"enabled=yes", "kind=cron", "since=today", "status=enabled"})
  void shouldRefuseAFilterItCannotRead(String filter) {
    // When
    Reply reply = GATEWAY.get("/schedules?" + filter);
    // Then
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().get("parameter").stringValue())
        .isEqualTo(filter.substring(0, filter.indexOf('=')));
  }

  @Test
  void shouldShowOneScheduleByItsId() {
    // When
    Reply found = GATEWAY.get("/schedules/list-b");
    Reply missing = GATEWAY.get("/schedules/nothing");
    // Then
    assertThat(found.json().get("kind").stringValue()).isEqualTo("timer");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.code()).isEqualTo("schedule.not_found");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /schedules, admin, approve",
    "PUT, /schedules/lights, admin, call",
    "PATCH, /schedules/lights, admin, read",
    "DELETE, /schedules/lights, admin, ingest",
    "GET, /schedules/lights/upcoming, read, call",
    "POST, /schedules/upcoming, read, call"
  })
  void shouldForwardToTheTaskServiceForItsScopeOnly(
      String method, String path, String scope, String other) {
    // Given
    TASK.answer(request -> new Answer(200, "{\"ok\":true}", Map.of("ETag", "\"2\"")));
    String body = method.equals("GET") || method.equals("DELETE") ? "" : "{\"name\": \"lights\"}";
    // When
    Reply refused = send(method, path, GATEWAY.token(other), body);
    Reply reply = send(method, path, allowed(scope), body);
    // Then
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().get("missing_scope").stringValue()).isEqualTo(scope);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("etag")).isEqualTo("\"2\"");
    assertThat(TASK.received()).hasSize(1);
    Received got = TASK.received().getFirst();
    assertThat(got.method()).isEqualTo(method);
    assertThat(got.uri().getPath()).isEqualTo(path);
    assertThat(got.headers().getFirst("If-Match")).isEqualTo("\"1\"");
    assertThat(new String(got.body(), StandardCharsets.UTF_8)).isEqualTo(body);
  }

  @ParameterizedTest
  @CsvSource({"GET, /schedules/lights/upcoming", "POST, /schedules/upcoming"})
  void shouldHandOnHowManyAreWanted(String method, String path) {
    // When
    Reply reply = send(method, path + "?n=3", GATEWAY.operator(), method.equals("GET") ? "" : "{}");
    // Then
    assertThat(reply.status()).isEqualTo(202);
    assertThat(TASK.received().getFirst().uri().getQuery()).isEqualTo("n=3");
  }

  private static String allowed(String scope) {
    return scope.equals("admin") ? GATEWAY.operator() : GATEWAY.token(scope);
  }

  private static Reply send(String method, String path, String token, String body) {
    var call = GATEWAY.call(method, path).token(token).header("If-Match", "\"1\"");
    return (body.isEmpty() ? call : call.json(body)).send();
  }

  private static List<String> ids(JsonNode page) {
    return page.get("items")
        .valueStream()
        .map(item -> item.get("schedule_id").stringValue())
        .toList();
  }
}
