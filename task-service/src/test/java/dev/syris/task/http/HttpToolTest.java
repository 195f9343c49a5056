package dev.syris.task.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.platform.secret.SecretValue;
import dev.syris.platform.secret.Secrets;
import dev.syris.task.support.ManualClock;
import dev.syris.task.tool.Invocation;
import dev.syris.task.tool.Preview;
import dev.syris.task.tool.Previewing;
import dev.syris.task.tool.ToolAction;
import dev.syris.task.tool.ToolAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class HttpToolTest {

  private static final String KEY = "key-1";
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private final Map<String, String> secrets = new ConcurrentHashMap<>(Map.of("ha/token", "t0k3n"));
  private final Secrets store =
      name -> Optional.ofNullable(secrets.get(name.value())).map(SecretValue::new);
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> opened = new ArrayList<>();

  private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
  private PinnedResolver.Lookup lookup = InetAddress::getAllByName;

  /** What the server got. */
  private record Received(
      String method, String uri, Map<String, List<String>> headers, String body) {
    String header(String name) {
      return headers.entrySet().stream()
          .filter(entry -> entry.getKey().equalsIgnoreCase(name))
          .map(entry -> entry.getValue().getFirst())
          .findFirst()
          .orElse("none");
    }
  }

  /** What the server does. */
  private interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  private String base = "";

  @BeforeEach
  void startServer() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
    opened.add(() -> server.stop(0));
    base = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      received.add(
          new Received(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              Map.copyOf(exchange.getRequestHeaders()),
              body));
      handlers
          .getOrDefault(exchange.getRequestURI().getPath(), e -> answer(e, 200, "text/plain", "ok"))
          .handle(exchange);
    }
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean none = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, none ? -1 : bytes.length);
    if (!none) {
      exchange.getResponseBody().write(bytes);
    }
  }

  private static Handler status(int status, String... header) {
    return exchange -> {
      if (header.length == 2) {
        exchange.getResponseHeaders().set(header[0], header[1]);
      }
      answer(exchange, status, "text/plain", "");
    };
  }

  private ToolAction.Calling tool(String... allowed) {
    var settings =
        new HttpToolSettings(
            List.of(allowed),
            DataSize.ofBytes(1000),
            DataSize.ofBytes(1000),
            Duration.ofSeconds(2),
            Duration.ofSeconds(20));
    var sender =
        new HttpSender(
            settings,
            new PinnedResolver(
                new AllowedHosts(settings.allowedHosts()), host -> lookup.resolve(host)));
    opened.add(sender);
    var tool = new HttpTool(settings, sender, store, new ManualClock(NOW));
    return (ToolAction.Calling) tool.actions().get("request");
  }

  private ToolAnswer call(String args) throws InterruptedException {
    return call(tool("127.0.0.1"), args);
  }

  private ToolAnswer call(ToolAction.Calling tool, String args) throws InterruptedException {
    return tool.call(invocation(args));
  }

  private Invocation invocation(String args) {
    return new Invocation(
        new ToolCallId(new UUID(0, 7)),
        new TraceId(new UUID(0, 9)),
        null,
        (ObjectNode) Json.mapper().readTree(args.replace("BASE", base)),
        KEY,
        0,
        NOW);
  }

  private static JsonNode output(ToolAnswer answer) {
    assertThat(answer).isInstanceOf(ToolAnswer.Succeeded.class);
    return ((ToolAnswer.Succeeded) answer).output();
  }

  private static ErrorDetail failure(ToolAnswer answer) {
    assertThat(answer).isInstanceOf(ToolAnswer.Failed.class);
    return ((ToolAnswer.Failed) answer).error();
  }

  private static ErrorDetail unknown(ToolAnswer answer) {
    assertThat(answer).isInstanceOf(ToolAnswer.Unknown.class);
    return ((ToolAnswer.Unknown) answer).error();
  }

  @Test
  void shouldSendWhatIsAskedWithItsKeyAndTrace() throws Exception {
    // Given
    handlers.put("/light", e -> answer(e, 201, "application/json", "{\"on\": true}"));
    // When
    ToolAnswer answer =
        call(
            """
            {"method": "POST", "url": "BASE/light?room=1", "query": {"a b": "c&d"},
             "headers": {"X-One": "1"}, "body": {"on": true}}
            """);
    // Then
    JsonNode output = output(answer);
    assertThat(output.path("status").asInt()).isEqualTo(201);
    assertThat(output.path("body").path("on").asBoolean()).isTrue();
    assertThat(output.path("headers").path("content-type").asString())
        .isEqualTo("application/json");
    Received request = received.getFirst();
    assertThat(request.method() + " " + request.uri()).isEqualTo("POST /light?room=1&a%20b=c%26d");
    assertThat(request.body()).isEqualTo("{\"on\":true}");
    assertThat(request.header("Idempotency-Key")).isEqualTo(KEY);
    assertThat(request.header("traceparent")).startsWith("00-00000000000000000000000000000009-");
    assertThat(request.header("X-One")).isEqualTo("1");
    assertThat(request.header("Content-type")).isEqualTo("application/json");
  }

  @Test
  void shouldPutSecretsInAtTheMomentOfUseAndTakeThemOutOfTheAnswer() throws Exception {
    // Given
    secrets.put("bot/key", "p\"ss/w=rd");
    handlers.put(
        "/echo",
        e -> {
          e.getResponseHeaders().set("Location", "/x?token=t0k3n");
          answer(
              e,
              200,
              "application/json",
              "{\"t0k3n\": [\"is t0k3n\", \"p\\\"ss/w=rd\", \"p%22ss%2Fw%3Drd\"], \"n\": 5}");
        });
    // When
    ToolAnswer answer =
        call(
            """
            {"method": "POST", "url": "BASE/echo", "query": {"key": {"$secret": "bot/key"}},
             "headers": {"Authorization": {"$secret": "ha/token", "prefix": "Bearer "}},
             "body": {"deep": [{"$secret": "bot/key"}]}}
            """);
    // Then
    Received request = received.getFirst();
    assertThat(request.header("Authorization")).isEqualTo("Bearer t0k3n");
    assertThat(request.uri()).isEqualTo("/echo?key=p%22ss%2Fw%3Drd");
    assertThat(request.body()).isEqualTo("{\"deep\":[\"p\\\"ss/w=rd\"]}");
    String shown = output(answer).toString() + ((ToolAnswer.Succeeded) answer).summary();
    assertThat(shown).doesNotContain("t0k3n", "ss/w", "ss%2F").contains("***");
    assertThat(output(answer).path("body").path("n").asInt()).isEqualTo(5);
  }

  @Test
  void shouldSendWhatItShowsAndShowNoSecret() throws Exception {
    // Given
    String args =
        """
        {"method": "POST", "url": "BASE/light?room=1#top", "query": {"a b": "c&d"},
         "headers": {"Authorization": {"$secret": "ha/token", "prefix": "Bearer "}},
         "body": {"on": true}, "idempotent": true}
        """;
    var tool = tool("127.0.0.1");
    // When
    Preview shown = ((Previewing) tool).preview(invocation(args));
    ToolAnswer answer = call(tool, args);
    // Then
    assertThat(shown.request().toString())
        .isEqualTo(
            "{\"method\":\"POST\",\"url\":\"BASE/light?room=1&a%20b=c%26d\",".replace("BASE", base)
                + "\"headers\":{\"Authorization\":{\"$secret\":\"ha/token\",\"prefix\":\"Bearer \"},"
                + "\"Content-Type\":\"application/json\",\"Idempotency-Key\":\"key-1\"},"
                + "\"body\":{\"on\":true}}");
    assertThat(received.getFirst().uri()).isEqualTo("/light?room=1&a%20b=c%26d");
    assertThat(received.getFirst().header("Content-Type")).isEqualTo("application/json");
    assertThat(output(answer).path("request_sha256").asString()).isEqualTo(shown.hash());
  }

  @Test
  void shouldShowTheQueryByItselfWhereItHoldsASecret() throws Exception {
    // Given
    String args =
        "{\"method\": \"GET\", \"url\": \"BASE/x\", \"query\": {\"key\": {\"$secret\": \"ha/token\"}}}";
    // When
    Preview shown = ((Previewing) tool("127.0.0.1")).preview(invocation(args));
    // Then
    assertThat(shown.request().path("query").path("key").path("$secret").asString())
        .isEqualTo("ha/token");
    assertThat(shown.request().path("url").asString()).isEqualTo(base + "/x");
  }

  @Test
  void shouldTakeAWholeAddressFromASecretAndNotShowIt() throws Exception {
    // Given
    secrets.put("chat/url", base + "/hooks/abc123?k=def456");
    // When
    ToolAnswer answer =
        call("{\"method\": \"POST\", \"url\": {\"$secret\": \"chat/url\"}, \"body\": \"hi\"}");
    // Then
    assertThat(received.getFirst().uri()).isEqualTo("/hooks/abc123?k=def456");
    assertThat(((ToolAnswer.Succeeded) answer).summary()).doesNotContain("abc123", "def456");
  }

  @Test
  void shouldSendNothingWhereASecretIsNotSet() throws Exception {
    // When
    ErrorDetail error =
        failure(
            call(
                "{\"method\": \"GET\", \"url\": \"BASE/\", \"headers\": {\"A\": {\"$secret\": \"no/such\"}}}"));
    // Then
    assertThat(error.code()).isEqualTo("secret.not_set");
    assertThat(error.message()).contains("./syris secret set no/such");
    assertThat(error.retryable()).isFalse();
    assertThat(received).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "url": "ftp://127.0.0.1/"                           | http.url_invalid
          "url": "//127.0.0.1/"                               | http.url_invalid
          "url": "BASE/a b"                                   | http.url_invalid
          "url": "http://me:hunter2@127.0.0.1/"               | http.url_invalid
          "url": "http:///x"                                  | http.url_invalid
          "url": 7                                            | http.url_invalid
          "url": "BASE/", "headers": {"Host": "x"}            | http.header_refused
          "url": "BASE/", "headers": {"content-LENGTH": "1"}  | http.header_refused
          "url": "BASE/", "headers": {"Transfer-Encoding": "chunked"} | http.header_refused
          "url": "BASE/", "headers": {"Idempotency-Key": "x"} | http.header_refused
          "url": "BASE/", "headers": {"X": "a\\r\\nB: c"}     | http.header_refused
          "url": "BASE/", "headers": {"X Y": "a"}             | http.header_refused
          "url": "BASE/", "headers": {"X": {"a": 1}}          | http.header_refused
          "url": "http://example.test/"                       | http.unknown_host
          """)
  void shouldRefuseWhatCantBeSentAndNotRepeatIt(String args, String code) throws Exception {
    // Given
    lookup =
        host -> {
          if (host.equals("example.test")) {
            throw new java.net.UnknownHostException(host);
          }
          return InetAddress.getAllByName(host);
        };
    // When
    ErrorDetail error = failure(call("{\"method\": \"POST\", " + args + "}"));
    // Then
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.message()).doesNotContain("hunter2");
    assertThat(received).isEmpty();
  }

  @Test
  void shouldRefuseABodyThatIsTooLargeOrForAGet() throws Exception {
    String large = "x".repeat(1001);
    assertThat(
            failure(call("{\"method\": \"POST\", \"url\": \"BASE/\", \"body\": \"" + large + "\"}"))
                .code())
        .isEqualTo("http.body_too_large");
    assertThat(failure(call("{\"method\": \"GET\", \"url\": \"BASE/\", \"body\": \"x\"}")).code())
        .isEqualTo("http.body_refused");
  }

  @Test
  void shouldRefuseAHostThatIsNotListedAndNameTheSetting() throws Exception {
    // Given
    lookup = _ -> new InetAddress[] {InetAddress.getByName("93.184.216.34")};
    // When
    ErrorDetail error = failure(call("{\"method\": \"GET\", \"url\": \"http://evil.test/\"}"));
    // Then
    assertThat(error.code()).isEqualTo("http.host_not_allowed");
    assertThat(error.message())
        .contains("evil.test:80", "syris.tools.http.allowed-hosts (127.0.0.1)");
    assertThat(error.retryable()).isFalse();
  }

  @Test
  void shouldConnectToTheAddressItCheckedAndNotLookTwice() throws Exception {
    // Given: first the house, then the metadata service
    List<String> answers = new ArrayList<>(List.of("127.0.0.1", "169.254.169.254"));
    lookup = _ -> new InetAddress[] {InetAddress.getByName(answers.removeFirst())};
    var tool = tool("rebind.test");
    String url = base.replace("127.0.0.1", "rebind.test");
    // When
    ToolAnswer first = call(tool, "{\"method\": \"GET\", \"url\": \"" + url + "/\"}");
    ToolAnswer second = call(tool, "{\"method\": \"GET\", \"url\": \"" + url + "/\"}");
    // Then
    assertThat(output(first).path("status").asInt()).isEqualTo(200);
    assertThat(failure(second).code()).isEqualTo("http.address_not_allowed");
    assertThat(received).hasSize(1);
  }

  @Test
  void shouldNotLetARebindingNameUnderADomainIntoTheHouse() throws Exception {
    // Given
    lookup = _ -> new InetAddress[] {InetAddress.getByName("127.0.0.1")};
    // When
    ToolAnswer answer =
        call(
            tool("*.example.com"),
            "{\"method\": \"GET\", \"url\": \"%s/\"}"
                .formatted(base.replace("127.0.0.1", "a.example.com")));
    // Then
    assertThat(failure(answer).code()).isEqualTo("http.address_not_allowed");
    assertThat(received).isEmpty();
  }

  @Test
  void shouldCheckWhereARedirectLeads() throws Exception {
    // Given
    handlers.put("/away", status(302, "Location", "http://169.254.169.254/latest/meta-data"));
    // When
    ErrorDetail error = failure(call("{\"method\": \"GET\", \"url\": \"BASE/away\"}"));
    // Then
    assertThat(error.code()).isEqualTo("http.host_not_allowed");
    assertThat(received).hasSize(1);
  }

  @Test
  void shouldFollowARedirectWithItsHeadersWithinAHostAndWithoutThemElsewhere() throws Exception {
    // Given
    String elsewhere = base.replace("127.0.0.1", "localhost");
    handlers.put("/here", status(301, "Location", "/there?x=1"));
    handlers.put("/there", status(302, "Location", elsewhere + "/end"));
    // When
    ToolAnswer answer =
        call(
            "{\"method\": \"GET\", \"url\": \"BASE/here\", \"headers\": {\"Authorization\": {\"$secret\": \"ha/token\"}}}");
    // Then
    assertThat(output(answer).path("status").asInt()).isEqualTo(200);
    assertThat(received).extracting(Received::uri).containsExactly("/here", "/there?x=1", "/end");
    assertThat(received)
        .extracting(request -> request.header("Authorization"))
        .containsExactly("t0k3n", "t0k3n", "none");
  }

  @ParameterizedTest
  @CsvSource({
    // method, status, target, requests, outcome
    "POST, 307, /end, 2, succeeded",
    "POST, 308, /end, 2, succeeded",
    "POST, 303, /end, 1, succeeded",
    "POST, 301, /end, 1, http.redirect_refused",
    "POST, 302, /end, 1, http.redirect_refused",
    "GET, 302, /loop, 6, http.redirect_refused",
    "GET, 302, ftp://x/, 1, http.redirect_refused",
    "GET, 302, http://a:b@127.0.0.1/, 1, http.redirect_refused",
    "GET, 304, /end, 1, succeeded"
  })
  void shouldFollowOnlyRedirectsThatAskForTheSameRequest(
      String method, int status, String target, int requests, String outcome) throws Exception {
    // Given
    handlers.put("/start", status(status, "Location", target));
    handlers.put("/loop", status(302, "Location", "/loop"));
    // When
    ToolAnswer answer = call("{\"method\": \"%s\", \"url\": \"BASE/start\"}".formatted(method));
    // Then
    assertThat(received).hasSize(requests);
    assertThat(answer instanceof ToolAnswer.Failed failed ? failed.error().code() : "succeeded")
        .isEqualTo(outcome);
  }

  @Test
  void shouldNotCarryABodyWithASecretToAnotherHost() throws Exception {
    // Given
    handlers.put(
        "/start", status(307, "Location", base.replace("127.0.0.1", "localhost") + "/end"));
    // When
    ErrorDetail error =
        failure(
            call(
                "{\"method\": \"POST\", \"url\": \"BASE/start\", \"body\": {\"k\": {\"$secret\": \"ha/token\"}}}"));
    // Then
    assertThat(error.code()).isEqualTo("http.redirect_refused");
    assertThat(received).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    // method, idempotent, status, outcome, retryable
    "GET, false, 404, failed, false",
    "GET, false, 500, failed, true",
    "GET, false, 504, failed, true",
    "GET, false, 429, failed, true",
    "POST, true, 503, failed, true",
    "POST, true, 502, failed, true",
    "POST, true, 409, failed, false",
    "POST, false, 400, failed, false",
    "POST, false, 408, failed, true",
    "POST, false, 425, failed, true",
    "POST, false, 429, failed, true",
    "POST, false, 500, failed, false",
    "POST, false, 503, failed, false",
    "POST, false, 502, unknown, false",
    "POST, false, 504, unknown, false",
    "DELETE, false, 500, failed, false"
  })
  void shouldRetryOnlyWhatHadNoEffectOrMayHaveItTwice(
      String method, boolean idempotent, int status, String outcome, boolean retryable)
      throws Exception {
    // Given
    handlers.put("/s", status(status));
    // When
    ToolAnswer answer =
        call(
            "{\"method\": \"%s\", \"url\": \"BASE/s\", \"idempotent\": %s}"
                .formatted(method, idempotent));
    // Then
    ErrorDetail error = outcome.equals("failed") ? failure(answer) : unknown(answer);
    assertThat(error.code()).isEqualTo("http.status_" + status);
    assertThat(error.retryable()).isEqualTo(retryable);
    assertThat(error.details()).isNotNull();
    assertThat(error.details().path("status").asInt()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "120 | 120000",
        "Tue, 24 Nov 2026 12:00:30 GMT | 30000",
        "Tue, 24 Nov 2026 11:00:00 GMT | 0",
        "soon | -1",
        "-5 | -1"
      })
  void shouldTellHowLongTheTargetAsksToWait(String header, long millis) throws Exception {
    // Given
    handlers.put("/busy", status(503, "Retry-After", header));
    // When
    ErrorDetail error = failure(call("{\"method\": \"GET\", \"url\": \"BASE/busy\"}"));
    // Then
    assertThat(error.details()).isNotNull();
    assertThat(error.details().path("retry_after_ms").asLong(-1)).isEqualTo(millis);
  }

  @Test
  void shouldCutALongBodyAndSaySo() throws Exception {
    // Given
    handlers.put("/long", e -> answer(e, 200, "application/json", "\"" + "x".repeat(5000) + "\""));
    // When
    JsonNode output = output(call("{\"method\": \"GET\", \"url\": \"BASE/long\"}"));
    // Then
    assertThat(output.path("truncated").asBoolean()).isTrue();
    assertThat(output.path("body").asString()).hasSize(1000);
  }

  @Test
  void shouldNotWaitForTheRestOfABodyWithoutEnd() throws Exception {
    // Given
    int port =
        rawServer(
            (in, out) -> {
              out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n".getBytes(UTF_8));
              out.write(new byte[2000]);
              out.flush();
              awaitHangUp(in);
            });
    // When
    JsonNode output =
        output(call("{\"method\": \"GET\", \"url\": \"http://127.0.0.1:%d/\"}".formatted(port)));
    // Then
    assertThat(output.path("truncated").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void shouldNotTakeABrokenConnectionForAnAnswer(String method) throws Exception {
    // Given
    int port = rawServer((_, _) -> {});
    // When
    ToolAnswer answer =
        call("{\"method\": \"%s\", \"url\": \"http://127.0.0.1:%d/\"}".formatted(method, port));
    // Then
    ErrorDetail error = method.equals("GET") ? failure(answer) : unknown(answer);
    assertThat(error.code()).isEqualTo("http.no_answer");
    assertThat(error.retryable()).isEqualTo(method.equals("GET"));
  }

  @Test
  void shouldCountAnAnswerWhoseBodyBreaksAsDoneWhereItMayNotBeRepeated() throws Exception {
    // Given
    int port =
        rawServer(
            (_, out) ->
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".getBytes(UTF_8)));
    String url = "\"url\": \"http://127.0.0.1:%d/\"".formatted(port);
    // When
    JsonNode post = output(call("{\"method\": \"POST\", " + url + "}"));
    ErrorDetail get = failure(call("{\"method\": \"GET\", " + url + "}"));
    // Then
    assertThat(post.path("truncated").asBoolean()).isTrue();
    assertThat(get.retryable()).isTrue();
  }

  @Test
  void shouldKnowThatNothingWasSentWhereNobodyListens() throws Exception {
    // Given
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    // When
    ErrorDetail error =
        failure(call("{\"method\": \"POST\", \"url\": \"http://127.0.0.1:%d/\"}".formatted(port)));
    // Then
    assertThat(error.code()).isEqualTo("http.not_connected");
    assertThat(error.retryable()).isTrue();
  }

  @Test
  void shouldBreakOffPromptlyWhenInterrupted() throws Exception {
    // Given
    var arrived = new CountDownLatch(1);
    var gone = new CountDownLatch(1);
    int port =
        rawServer(
            (in, _) -> {
              arrived.countDown();
              awaitHangUp(in);
              gone.countDown();
            });
    var ended = new AtomicReference<Throwable>();
    var tool = tool("127.0.0.1");
    Invocation by =
        invocation("{\"method\": \"POST\", \"url\": \"http://127.0.0.1:%d/\"}".formatted(port));
    Thread caller =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    tool.call(by);
                  } catch (InterruptedException e) {
                    ended.set(e);
                  }
                });
    arrived.await();
    // When
    caller.interrupt();
    // Then
    caller.join(Duration.ofSeconds(2));
    assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    assertThat(gone.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void shouldLeaveOutABinaryBody() throws Exception {
    // Given
    handlers.put("/cam", e -> answer(e, 200, "image/png", "\0\1\2"));
    // When
    JsonNode output = output(call("{\"method\": \"GET\", \"url\": \"BASE/cam\"}"));
    // Then
    assertThat(output.path("body_omitted").asString()).isEqualTo("image/png, 3 bytes");
  }

  @Test
  void shouldKeepOnlyTextADatabaseCanKeep() throws Exception {
    // Given
    handlers.put("/nul", e -> answer(e, 200, "application/json", "{\"a\": \"\\u0000\"}"));
    // When
    JsonNode output = output(call("{\"method\": \"GET\", \"url\": \"BASE/nul\"}"));
    // Then
    assertThat(output.path("body").isString()).isTrue();
  }

  /** What a raw server does once it has read a request. */
  private interface Script {
    void run(InputStream in, OutputStream out) throws IOException;
  }

  private static void awaitHangUp(InputStream in) {
    try {
      int c = in.read();
      while (c >= 0) {
        c = in.read();
      }
    } catch (IOException e) {
      return;
    }
  }

  private int rawServer(Script script) throws IOException {
    var server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
    opened.add(server);
    Thread.ofVirtual().start(() -> serve(server, script));
    return server.getLocalPort();
  }

  private static void serve(ServerSocket server, Script script) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        var in = socket.getInputStream();
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
          int c = in.read();
          if (c < 0) {
            break;
          }
          head.append((char) c);
        }
        script.run(in, socket.getOutputStream());
      } catch (IOException e) {
        continue;
      }
    }
  }
}
