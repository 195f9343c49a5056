package dev.syris.task.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.platform.secret.SecretValue;
import dev.syris.platform.secret.Secrets;
import dev.syris.task.http.HttpRequests;
import dev.syris.task.notify.NotifySettings.Target;
import dev.syris.task.notify.NotifySettings.Type;
import dev.syris.task.support.Mailbox;
import dev.syris.task.support.Mailbox.Letter;
import dev.syris.task.support.ManualClock;
import dev.syris.task.tool.ActionDefinition.Effect;
import dev.syris.task.tool.Invocation;
import dev.syris.task.tool.Preview;
import dev.syris.task.tool.Previewing;
import dev.syris.task.tool.ToolAction;
import dev.syris.task.tool.ToolAnswer;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class NotifyToolTest {

  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Map<String, String> SECRETS =
      Map.of("ntfy/token", "t0k3n", "door/code", "4711-x");

  private final Mailbox mailbox = new Mailbox();
  private final Secrets secrets =
      name -> Optional.ofNullable(SECRETS.get(name.value())).map(SecretValue::new);
  private final HttpRequests requests = HttpRequests.toConfigured(secrets, new ManualClock(NOW));
  private final NotifyTool tool =
      new NotifyTool(
          new Targets(
              new NotifySettings(
                  Map.of(
                      "phone",
                      new Target(
                          Type.NTFY, mailbox.url("/alerts"), "secret:ntfy/token", Map.of(), false),
                      "chat",
                      new Target(
                          Type.WEBHOOK, mailbox.url("/hook"), null, Map.of("X-One", "1"), true)),
                  20,
                  12),
              requests));

  @AfterEach
  void close() throws IOException {
    requests.close();
    mailbox.close();
  }

  @Test
  void shouldTellAPhoneAndHideSecretsInTheAnswer() throws Exception {
    // When
    ToolAnswer answer =
        send(
            "{\"message\": {\"$secret\": \"door/code\"}, \"target\": \"phone\", \"urgency\": \"high\"}");
    // Then
    Letter letter = mailbox.letters().getFirst();
    assertThat(letter.path()).isEqualTo("/alerts");
    assertThat(letter.body()).isEqualTo("4711-x");
    assertThat(letter.header("Authorization")).isEqualTo("Bearer t0k3n");
    assertThat(letter.header("Priority")).isEqualTo("5");
    assertThat(letter.header("Idempotency-Key")).isEqualTo("key-1");
    assertThat(((ToolAnswer.Succeeded) answer).output().toString())
        .doesNotContain("4711-x", "t0k3n")
        .contains("***");
  }

  @Test
  void shouldTellAWebhookInJson() throws Exception {
    // When
    ToolAnswer answer = send("{\"message\": \"tea\", \"target\": \"chat\"}");
    // Then
    assertThat(answer).isInstanceOf(ToolAnswer.Succeeded.class);
    Letter letter = mailbox.letters().getFirst();
    assertThat(letter.header("X-One")).isEqualTo("1");
    assertThat(Json.mapper().readTree(letter.body()))
        .isEqualTo(
            Json.mapper()
                .readTree(
                    "{\"kind\": \"message\", \"title\": \"SYRIS\", \"body\": \"tea\", \"urgency\": \"normal\"}"));
  }

  @Test
  void shouldSendWhatItShows() throws Exception {
    // Given
    String args = "{\"message\": \"tea\", \"target\": \"phone\"}";
    // When
    Preview shown = ((Previewing) action()).preview(invocation(args));
    ToolAnswer answer = send(args);
    // Then
    assertThat(shown.request().at("/headers/Authorization/$secret").asString())
        .isEqualTo("ntfy/token");
    assertThat(shown.request().path("body").asString()).isEqualTo("tea");
    assertThat(((ToolAnswer.Succeeded) answer).output().path("request_sha256").asString())
        .isEqualTo(shown.hash());
  }

  @Test
  void shouldNameTheTargetsThereAre() throws Exception {
    // When
    ToolAnswer answer = send("{\"message\": \"tea\", \"target\": \"watch\"}");
    // Then
    ErrorDetail error = ((ToolAnswer.Failed) answer).error();
    assertThat(error.code()).isEqualTo("notify.unknown_target");
    assertThat(error.message()).contains("chat, phone");
    assertThat(error.retryable()).isFalse();
    assertThat(mailbox.letters()).isEmpty();
  }

  @Test
  void shouldNotFollowARedirect() throws Exception {
    // Given
    mailbox.answer(307, Map.of("Location", mailbox.url("/elsewhere")));
    // When
    ToolAnswer answer = send("{\"message\": \"tea\", \"target\": \"phone\"}");
    // Then
    assertThat(((ToolAnswer.Failed) answer).error().code()).isEqualTo("http.redirect_refused");
    assertThat(mailbox.letters()).hasSize(1);
  }

  @Test
  void shouldBeRepeatableOnlyWhereTheTargetSaysSo() {
    // When
    var traits = tool.definition().actions().getFirst().traits();
    // Then
    assertThat(traits.apply(args("{\"target\": \"chat\"}")).effect()).isEqualTo(Effect.IDEMPOTENT);
    assertThat(traits.apply(args("{\"target\": \"phone\"}")).effect()).isEqualTo(Effect.ONCE);
    assertThat(traits.apply(args("{}")).effect()).isEqualTo(Effect.ONCE);
  }

  private ToolAction.Calling action() {
    return (ToolAction.Calling) tool.actions().get("send");
  }

  private ToolAnswer send(String args) throws InterruptedException {
    return action().call(invocation(args));
  }

  private static Invocation invocation(String args) {
    return new Invocation(
        new ToolCallId(new UUID(0, 7)),
        new TraceId(new UUID(0, 9)),
        null,
        args(args),
        "key-1",
        0,
        NOW);
  }

  private static ObjectNode args(String args) {
    return (ObjectNode) Json.mapper().readTree(args);
  }
}
