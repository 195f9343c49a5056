package dev.syris.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What was accepted is done exactly once, however often the program is killed. */
class KillIT {

  private static final int EVENTS = 2_000;
  private static final int KILLS = 3;
  private static final int POSTERS = 4;
  private static final Duration SETTLE = Duration.ofSeconds(60);

  private static SyrisProcess syris;

  @BeforeAll
  static void start() throws Exception {
    syris = SyrisProcess.start();
  }

  @AfterAll
  static void stop() throws Exception {
    syris.close();
  }

  @Test
  void shouldDecideAndCallExactlyOnceWhenKilledThreeTimesUnderLoad() throws Exception {
    // Given
    var accepted = new ConcurrentLinkedQueue<String>();
    var sent = new AtomicInteger();
    var stopped = new AtomicBoolean();
    List<Thread> posters =
        Stream.generate(() -> Thread.ofVirtual().start(() -> post(accepted, sent, stopped)))
            .limit(POSTERS)
            .toList();

    // When
    for (int kill = 1; kill <= KILLS; kill++) {
      int mark = kill * EVENTS / (KILLS + 1);
      await()
          .atMost(SETTLE)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> accepted.size() >= mark);
      syris.kill();
      syris.launch();
    }
    await().atMost(SETTLE).until(() -> accepted.size() >= EVENTS);
    stopped.set(true);
    for (Thread poster : posters) {
      poster.join();
    }

    // Then
    Http http = syris.http();
    Set<String> events = new HashSet<>(accepted);
    assertThat(events).hasSameSizeAs(accepted);
    await()
        .atMost(SETTLE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(() -> assertThat(succeeded(http)).containsAll(events));
    assertThat(counted(http.all("/routing-decisions"), events))
        .allSatisfy((id, n) -> assertThat(n).isEqualTo(1));
    assertThat(counted(http.all("/tool-calls"), events))
        .allSatisfy((id, n) -> assertThat(n).isEqualTo(1));
    assertThat(counted(http.all("/events"), events)).hasSize(events.size());
    Map<String, Long> outcomes =
        http.all("/audit?type=tool_call.succeeded").stream()
            .collect(
                Collectors.groupingBy(
                    a -> a.path("refs").path("event_id").asString(), Collectors.counting()));
    assertThat(events).allSatisfy(id -> assertThat(outcomes.get(id)).isEqualTo(1));
    JsonNode verified = http.get("/audit/verify").json();
    assertThat(verified.path("valid").asBoolean()).as(verified.toString()).isTrue();
  }

  /**
   * Posts one after the other, and goes on as soon as somebody answers again: only a 202 counts.
   */
  private void post(
      ConcurrentLinkedQueue<String> accepted, AtomicInteger sent, AtomicBoolean stopped) {
    while (!stopped.get() && accepted.size() < EVENTS) {
      int n = sent.incrementAndGet();
      String body =
          "{\"channel\":\"api\",\"connector_id\":\"load-%d\",\"text\":\"noop %d\"}"
              .formatted(n % 7, n);
      try {
        Http.Answer answer = syris.http().post("/events", body);
        if (answer.status() == 202) {
          accepted.add(answer.json().path("event_id").asString());
        }
      } catch (IOException e) {
        await().atMost(SETTLE).until(() -> stopped.get() || Http.health(syris.url()) != 0);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static Set<String> succeeded(Http http) throws Exception {
    return http.all("/tool-calls?status=succeeded").stream()
        .map(call -> call.path("event_id").asString())
        .collect(Collectors.toSet());
  }

  private static Map<String, Long> counted(List<JsonNode> items, Set<String> events) {
    return items.stream()
        .map(item -> item.path("event_id").asString())
        .filter(events::contains)
        .collect(Collectors.groupingBy(id -> id, Collectors.counting()));
  }

  @Test
  void shouldTakeOneMessageOnceWhenItComesAHundredTimes() throws Exception {
    // Given
    String body =
        """
        {"channel":"email","connector_id":"repeat","message_id":"m-1","text":"status"}
        """;

    // When
    var traces = new ArrayList<String>();
    for (int i = 0; i < 40; i++) {
      traces.add(syris.http().accept(body));
    }
    syris.kill();
    syris.launch();
    for (int i = 0; i < 30; i++) {
      traces.add(syris.http().accept(body));
    }
    try (var producer = KafkaClients.producer(syris)) {
      for (int i = 0; i < 30; i++) {
        producer.send(KafkaClients.toInbox(body)).get();
      }
    }

    // Then
    Http http = syris.http();
    await()
        .atMost(SETTLE)
        .untilAsserted(
            () ->
                assertThat(http.all("/audit?type=event.deduped&connector_id=repeat")).hasSize(99));
    List<JsonNode> events = http.all("/events?connector_id=repeat");
    assertThat(events).hasSize(1);
    String first = events.getFirst().path("event_id").asString();
    assertThat(http.all("/audit?type=event.deduped&connector_id=repeat"))
        .allSatisfy(
            item -> assertThat(item.path("refs").path("event_id").asString()).isEqualTo(first));
    assertThat(
            http.all("/tool-calls").stream()
                .filter(c -> c.path("event_id").asString().equals(first)))
        .hasSize(1);
    assertThat(http.auditTypes(traces.get(5))).containsExactly("event.deduped");
  }

  @Test
  void shouldGoOnWhenOnlyTheDatabaseIsKilled() throws Exception {
    // Given
    Http http = syris.http();
    String before = http.accept(SpineIT.event("status"));
    await().atMost(SETTLE).until(() -> http.audit(before).size() == 4);
    long postmaster =
        Long.parseLong(
            java.nio.file.Files.readAllLines(syris.folder().resolve("postgres/data/postmaster.pid"))
                .getFirst());

    // When
    ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();

    // Then
    await()
        .atMost(SETTLE)
        .ignoreExceptions()
        .until(
            () -> {
              String after = http.accept(SpineIT.event("status"));
              await().atMost(Duration.ofSeconds(15)).until(() -> http.audit(after).size() == 4);
              return true;
            });
    JsonNode verified = http.get("/audit/verify").json();
    assertThat(verified.path("valid").asBoolean()).as(verified.toString()).isTrue();
    assertThat(http.audit(before)).hasSize(4);
  }
}
