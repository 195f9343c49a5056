package dev.syris.task.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.syris.contracts.json.Json;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class HttpWatcherTest {

  private final AtomicInteger status = new AtomicInteger(200);
  private final AtomicReference<String> body = new AtomicReference<>("{\"toner\": 80}");
  private HttpServer server;
  private HttpWatcher watcher;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.get().getBytes(UTF_8);
          exchange.sendResponseHeaders(status.get(), bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    URI url =
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/printer?key=hidden");
    watcher =
        new HttpWatcher(
            "printer",
            new WatcherSettings.Wanted(
                WatcherSettings.Type.HTTP,
                Duration.ofMinutes(1),
                Duration.ofSeconds(5),
                Duration.ZERO,
                url,
                "/toner",
                null,
                null),
            HttpClient.newHttpClient());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void shouldSayNothingWhileNothingChanges() throws Exception {
    // Given
    Tick first = look(Json.object());
    // When
    Tick second = look(first.state());
    // Then
    assertThat(first.events()).isEmpty();
    assertThat(second.events()).isEmpty();
    assertThat(second.state().toString()).isEqualTo("{\"up\":true,\"status\":200,\"value\":80}");
  }

  @Test
  void shouldSayWhatChangedAndHideTheQuery() throws Exception {
    // Given
    ObjectNode before = look(Json.object()).state();
    // When
    body.set("{\"toner\": 20}");
    Tick value = look(before);
    status.set(404);
    Tick other = look(value.state());
    status.set(503);
    Tick down = look(other.state());
    server.stop(0);
    Tick gone = look(down.state());
    // Then
    assertThat(value.outcome()).isEqualTo("value");
    assertThat(other.outcome()).isEqualTo("status");
    assertThat(down.outcome()).isEqualTo("down");
    assertThat(gone.outcome()).isEqualTo("status");
    assertThat(gone.state().path("up").asBoolean()).isFalse();
    ObjectNode said = value.events().getFirst().structured();
    assertThat(said.at("/before/value").asInt()).isEqualTo(80);
    assertThat(said.at("/now/value").asInt()).isEqualTo(20);
    assertThat(value.events().toString()).doesNotContain("hidden");
  }

  @Test
  void shouldTakeWhatIsNoJsonForNoValue() throws Exception {
    // Given
    body.set("<html>");
    // When
    Tick tick = look(Json.object());
    // Then
    assertThat(tick.state().path("value").isNull()).isTrue();
    assertThat(tick.state().path("up").asBoolean()).isTrue();
  }

  private Tick look(ObjectNode state) throws Exception {
    return watcher.tick(new Watcher.Look(state, Instant.now(), Instant.EPOCH));
  }
}
