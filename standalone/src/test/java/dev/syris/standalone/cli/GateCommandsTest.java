package dev.syris.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands say and send, with a stand-in for the gateway. */
class GateCommandsTest {

  private static final String ID = "019c12a0-5c01-7abc-8def-0123456789ab";
  private static final String CONTROLS =
      """
      {"autonomy_level": "A1", "set_by": {"type": "token", "id": "t-1"}, "set_at": "2026-01-31T08:00:00.000Z",
       "reason": "guests", "paused": true, "pause_mode": "halt", "history": []}
      """;

  @TempDir private Path folder;
  private HttpServer server;
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile String answer = "{}";

  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void start() throws IOException {
    Files.writeString(folder.resolve("operator.token"), "secret-token\n");
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      sent.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
      byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Ended run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(
                Stream.concat(
                        Arrays.stream(arguments),
                        Stream.of(
                            "--data",
                            folder.toString(),
                            "--url",
                            "http://127.0.0.1:" + server.getAddress().getPort()))
                    .toArray(String[]::new));
    return new Ended(code, out.toString(), err.toString());
  }

  @Test
  void shouldShowWhatWaitsAndNoControlCharacters() {
    // Given
    answer =
        """
        {"items": [{"approval_id": "%s", "what": {"tool": "http", "action": "request"}, "risk_level": "medium",
                    "expires_at": "%s", "why": "because\\u001b[2J of it"}], "next_cursor": null}
        """
            .formatted(ID, Instant.now().plus(Duration.ofMinutes(59).plusSeconds(30)));
    // When
    Ended ended = run("approvals");
    // Then
    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .contains(ID, "http request", "medium", "59 min", "because")
        .doesNotContain("\u001b");
    assertThat(sent).containsExactly("GET /approvals?status=pending&limit=500 ");
  }

  @Test
  void shouldSayThatNothingWaits() {
    // Given
    answer = "{\"items\": [], \"next_cursor\": null}";
    // When / Then
    assertThat(run("approvals").out()).contains("nothing waits for approval");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          approve ID --reason fine | POST /approvals/ID/approve {"reason":"fine"}
          approve ID               | POST /approvals/ID/approve {}
          deny ID --reason no      | POST /approvals/ID/deny {"reason":"no"}
          """)
  void shouldSendAnAnswer(String command, String request) {
    // Given
    answer =
        "{\"approval_id\": \"%s\", \"status\": \"approved\", \"what\": {\"tool\": \"http\", \"action\": \"request\"}}"
            .formatted(ID);
    // When
    Ended ended = run(command.replace("ID", ID).split(" "));
    // Then
    assertThat(ended.out()).contains(ID + ": http request is approved");
    assertThat(sent).containsExactly(request.replace("ID", ID));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          autonomy                    | GET /controls
          autonomy A1 --reason guests | POST /controls/autonomy {"level":"A1","reason":"guests"}
          pause                       | POST /controls/pause {"mode":"drain"}
          pause --halt --reason storm | POST /controls/pause {"mode":"halt","reason":"storm"}
          resume                      | POST /controls/resume {}
          """)
  void shouldShowAndSetTheControls(String command, String request) {
    // Given
    answer = CONTROLS;
    // When
    Ended ended = run(command.split(" "));
    // Then
    assertThat(ended.out()).contains("autonomy A1, set by token t-1", ": guests", "paused (halt)");
    assertThat(sent).extracting(String::strip).containsExactly(request);
  }

  @Test
  void shouldGiveOneClearLineForWhatIsWrong() {
    // Given
    status = 409;
    answer =
        "{\"code\": \"approval.wrong_state\", \"detail\": \"the approval is denied; only one that is pending can be answered\"}";
    // When
    Ended refused = run("approve", ID);
    Ended badId = run("approve", "7");
    Ended noReason = run("deny", ID);
    Ended badLevel = run("autonomy", "A9");
    // Then
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err().lines())
        .singleElement()
        .asString()
        .contains("409 approval.wrong_state", "the approval is denied");
    assertThat(badId.err()).contains("is no approval's id; ./syris approvals shows them");
    assertThat(noReason.err()).contains("--reason");
    assertThat(badLevel.err()).contains("A9");
    assertThat(sent).hasSize(1);
  }
}
