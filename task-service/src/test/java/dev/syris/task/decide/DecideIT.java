package dev.syris.task.decide;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.json.Json;
import dev.syris.platform.assertion.Caller;
import dev.syris.platform.assertion.CallerAssertion;
import dev.syris.task.support.Database;
import dev.syris.task.support.Mailbox;
import dev.syris.task.support.Mailbox.Letter;
import dev.syris.task.support.RunningTask;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** From a call that waits to the notice, the page and the answer, in the service as it runs. */
@WithBackends
class DecideIT {

  private static final CallerAssertion ASSERTIONS =
      new CallerAssertion("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", InstantSource.system());
  private static final Caller CALLER = new Caller("token-1", "caller", Set.of("call"));
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final TestDatabase TEST = TestBackends.freshDatabase();
  private static final Mailbox MAILBOX = new Mailbox();

  private static Database database;
  private static RunningTask service;

  @BeforeAll
  static void start() {
    database = new Database(TEST.owner());
    service =
        RunningTask.start(
            TEST,
            "syris-task-decide-it",
            "--syris.http.public-url=https://syris.home/",
            "--syris.notify.notices-per-minute=1000",
            "--syris.notify.targets.phone.type=ntfy",
            "--syris.notify.targets.phone.url=" + MAILBOX.url("/phone"),
            "--syris.notify.targets.chat.type=webhook",
            "--syris.notify.targets.chat.url=" + MAILBOX.url("/chat"));
  }

  @AfterAll
  static void stop() {
    service.close();
    database.close();
    MAILBOX.close();
  }

  /** A call that waits, and the links it was told of with. */
  private record Asked(String call, String approval, String phone, String chat) {}

  private static Asked ask() throws Exception {
    String args =
        "{\"method\": \"POST\", \"url\": \"%s\", \"body\": {\"say\": \"<b>hi</b>\"}}"
            .formatted(MAILBOX.url("/target"));
    int before = MAILBOX.letters("/phone").size();
    HttpResponse<String> answer =
        send(
            CALLER,
            "POST",
            "/tool-calls",
            "application/json",
            "{\"tool\": \"http\", \"action\": \"request\", \"args\": " + args + "}");
    JsonNode call = Json.mapper().readTree(answer.body());
    String approval = call.path("approval_id").asString("");
    assertThat(approval).as(answer.body()).isNotEmpty();
    await().until(() -> letter("/chat", approval) != null);
    JsonNode told = Json.mapper().readTree(letter("/chat", approval).body());
    String chat = told.path("url").asString();
    await().until(() -> MAILBOX.letters("/phone").size() > before);
    String phone = MAILBOX.letters("/phone").getLast().header("Click");
    assertThat(chat).startsWith("https://syris.home/decide/");
    return new Asked(call.path("tool_call_id").asString(), approval, path(phone), path(chat));
  }

  private static String path(String link) {
    return URI.create(link).getPath();
  }

  private static Letter letter(String path, String approval) {
    return MAILBOX.letters(path).stream()
        .filter(letter -> letter.body().contains(approval))
        .findFirst()
        .orElse(null);
  }

  @Test
  void shouldShowTheCallAndMakeItWhenApproved() throws Exception {
    // Given
    Asked asked = ask();
    // When
    HttpResponse<String> page = get(asked.phone());
    HttpResponse<String> again = get(asked.phone());
    String still = status(asked);
    HttpResponse<String> answer = post(asked.phone(), "answer=approve&reason=" + encoded("schön"));
    // Then
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(still).isEqualTo("pending");
    assertThat(page.body())
        .contains("&lt;b&gt;hi&lt;/b&gt;", "medium", "token token-1", "Idempotency-Key")
        .doesNotContain("<b>hi</b>", "<script");
    assertThat(page.headers().firstValue("content-type")).contains("text/html;charset=UTF-8");
    assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
        .startsWith("default-src 'none'; style-src 'sha256-")
        .contains("form-action 'self'");
    assertThat(page.headers().firstValue("x-robots-tag")).contains("noindex");
    assertThat(page.headers().firstValue("cache-control")).contains("no-store");
    assertThat(page.headers().firstValue("x-frame-options")).contains("DENY");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("Approved");
    await().until(() -> status(asked).equals("used"));
    await().until(() -> MAILBOX.letters("/target").size() == 1);
    JsonNode decision = decision(asked);
    assertThat(decision.path("channel").asString()).isEqualTo("link");
    assertThat(decision.path("reason").asString()).isEqualTo("schön");
    assertThat(decision.at("/by/id").asString()).isEqualTo("phone");
    assertThat(get(asked.phone()).statusCode()).isEqualTo(410);
    assertThat(post(asked.chat(), "answer=deny").statusCode()).isEqualTo(410);
  }

  @Test
  void shouldNotMakeTheCallWhenDenied() throws Exception {
    // Given
    Asked asked = ask();
    int before = MAILBOX.letters("/target").size();
    // When
    HttpResponse<String> answer = post(asked.chat(), "answer=deny&reason=");
    // Then
    assertThat(answer.body()).contains("Denied");
    assertThat(status(asked)).isEqualTo("denied");
    assertThat(MAILBOX.letters("/target")).hasSize(before);
    assertThat(get(asked.phone()).body()).contains("The call was denied.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "answer=maybe", "reason=x"})
  void shouldAskAgainWhereNoButtonWasChosen(String form) throws Exception {
    // Given
    Asked asked = ask();
    // When
    HttpResponse<String> answer = post(asked.phone(), form);
    // Then
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("Choose one of the two buttons");
    assertThat(status(asked)).isEqualTo("pending");
  }

  @Test
  void shouldKnowNoOtherLinkAndKeepNoToken() throws Exception {
    // Given
    Asked asked = ask();
    String token = asked.phone().substring("/decide/".length());
    // When
    HttpResponse<String> wrong = get("/decide/" + "A".repeat(43));
    // Then
    assertThat(wrong.statusCode()).isEqualTo(404);
    assertThat(wrong.headers().firstValue("content-type")).contains("text/html;charset=UTF-8");
    assertThat(token).hasSize(43);
    assertThat(
            database.count(
                "select count(*) from task.decision_link d, task.notice n where d::text like '%"
                    + token
                    + "%' or n::text like '%"
                    + token
                    + "%'"))
        .isZero();
  }

  @Test
  void shouldPutANewLinkInPlaceOfTheOneBefore() throws Exception {
    // Given
    Asked asked = ask();
    int before = MAILBOX.letters("/phone").size();
    // When
    database
        .jdbc
        .sql(
            "update task.notice set status = 'pending', sent_at = null, next_at = now() where target = 'phone' and subject_id = :id")
        .param("id", asked.approval())
        .update();
    await().until(() -> get(asked.phone()).statusCode() == 410);
    await().until(() -> MAILBOX.letters("/phone").size() == before + 1);
    // Then
    assertThat(get(asked.phone()).body()).contains("a newer one was sent in its place");
    assertThat(get(asked.chat()).statusCode()).isEqualTo(200);
  }

  private static String status(Asked asked) {
    return database
        .jdbc
        .sql("select status from task.approval where approval_id = :id::uuid")
        .param("id", asked.approval())
        .query(String.class)
        .single();
  }

  private static JsonNode decision(Asked asked) {
    return Json.mapper()
        .readTree(
            database
                .jdbc
                .sql("select body from api.approval where approval_id = :id::uuid")
                .param("id", asked.approval())
                .query(String.class)
                .single())
        .path("decision");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return send(Caller.ANONYMOUS, "GET", path, null, "");
  }

  private static HttpResponse<String> post(String path, String form) throws Exception {
    return send(Caller.ANONYMOUS, "POST", path, "application/x-www-form-urlencoded", form);
  }

  private static HttpResponse<String> send(
      Caller caller, String method, String path, String type, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header(CallerAssertion.HEADER, ASSERTIONS.sign(caller, method, path));
    if (type != null) {
      request.header("Content-Type", type);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }
}
