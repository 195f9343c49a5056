package dev.syris.ingest.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.connector.ConnectorAuth;
import dev.syris.contracts.connector.ConnectorSettings;
import dev.syris.contracts.connector.Via;
import dev.syris.contracts.event.Channel;
import dev.syris.contracts.event.RawEventProblem;
import dev.syris.contracts.event.RawEventReader;
import dev.syris.contracts.id.TraceId;
import dev.syris.ingest.http.Reading;
import dev.syris.ingest.http.Reading.Refused;
import dev.syris.ingest.http.Reading.Stimuli;
import dev.syris.platform.assertion.Caller;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookAdapterTest {

  private static final Caller PHONE = new Caller("token-1", "phone", Set.of("ingest"));
  private static final String JSON = "application/json";

  private final WebhookAdapter adapter = adapter("shop", null);

  @Test
  void shouldPutAJsonObjectInPlaceByteForByte() {
    // Given
    String body = " {\"b\" : 1.50,\"a\":\"\\u00e9\" , \"x\":[ ] }\n";

    // When
    Reading reading = adapter.receive(delivery(body, JSON, "Webhook-Id", "m-1"), null);

    // Then
    assertThat(event(reading))
        .isEqualTo(
            "{\"channel\":\"webhook\",\"connector_id\":\"shop\",\"message_id\":\"m-1\",\"structured\":"
                + body
                + "}");
    assertThat(((Stimuli) reading).stimuli().getFirst().granted()).isTrue();
    assertThat(((Stimuli) reading).stimuli().getFirst().orderingKey()).isEqualTo("shop");
    assertThat(((Stimuli) reading).body()).isEqualTo(body.getBytes(UTF_8));
  }

  @Test
  void shouldAddTheHeadersWorthKeepingBehindTheBody() {
    assertThat(
            event(
                adapter.receive(
                    delivery("{\"a\":1} ", JSON, "X-Gitlab-Event", "Push \"Hook\""), null)))
        .endsWith(
            "\"structured\":{\"a\":1,\"_headers\":{\"x-gitlab-event\":\"Push \\\"Hook\\\"\"}}}");
    assertThat(event(adapter.receive(delivery("{ }", JSON, "X-Event-Type", "t"), null)))
        .endsWith("\"structured\":{ \"_headers\":{\"x-event-type\":\"t\"}}}");
    assertThat(event(adapter.receive(delivery("[1]", JSON, "X-Event-Type", "t"), null)))
        .endsWith("\"structured\":{\"body\":[1],\"_headers\":{\"x-event-type\":\"t\"}}}");
  }

  @Test
  void shouldLeaveTheBodyAloneWhenItHasAMemberOfThatName() {
    assertThat(
            event(
                adapter.receive(
                    delivery("{\"\\u005fheaders\":1}", JSON, "X-Event-Type", "t"), null)))
        .endsWith("\"structured\":{\"\\u005fheaders\":1}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          application/json                  | [1, {"a":1.50}]  | {"body":[1, {"a":1.50}]}
          application/json                  | "x"              | {"body":"x"}
          application/cloudevents+json      | {"a": 1}         | {"a": 1}
                                            | {"a": 1}         | {"a": 1}
          text/plain                        | say "hé"         | {"body":"say \\"hé\\""}
          application/xml; charset=UTF-8    | <a/>             | {"body":"<a/>"}
          application/x-www-form-urlencoded | a=1&b=x+%C3%A9&b=&c | {"body":"a=1&b=x+%C3%A9&b=&c","form":{"a":"1","b":["x é",""],"c":""}}
          """)
  void shouldKeepAnyOtherBodyUnchangedInside(
      @Nullable String type, String body, String structured) {
    // When
    Reading reading = adapter.receive(delivery(body, type), null);

    // Then
    assertThat(event(reading)).endsWith("\"structured\":" + structured + "}");
    assertThat(RawEventReader.readPublic(event(reading).getBytes(UTF_8)))
        .isInstanceOf(dev.syris.contracts.event.RawEventReading.Accepted.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          application/octet-stream          | x          | 415 | unsupported_media_type
          multipart/form-data; boundary=b   | x          | 415 | unsupported_media_type
          text/plain; charset=ISO-8859-1    | x          | 415 | unsupported_media_type
          text/plain; charset=no-such       | x          | 415 | unsupported_media_type
          nonsense                          | x          | 415 | unsupported_media_type
          application/json                  | {"a":      | 400 | event.malformed
          application/json                  | {"a":1,"a":2} | 400 | event.duplicate_name
          application/x-www-form-urlencoded | a=%zz      | 400 | form.malformed
          application/x-www-form-urlencoded | a=%00      | 422 | event.invalid
          application/json                  | {"a":["\\u0000"]} | 422 | event.invalid
          """)
  void shouldRefuseWhatNoEventCanBeMadeOf(String type, String body, int status, String code) {
    // When
    var refused = (Refused) adapter.receive(delivery(body, type), null);

    // Then
    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.type().status().value()).isEqualTo(status);
  }

  @Test
  void shouldRefuseABodyThatIsNotUtf8() {
    // Given
    byte[] latin = "é".getBytes(ISO_8859_1);

    // When / Then
    assertThat(
            ((Refused)
                    adapter.receive(
                        Deliveries.of(PHONE, latin, "Content-Type", "text/plain"), null))
                .code())
        .isEqualTo("event.bad_encoding");
    assertThat(
            ((Refused) adapter.receive(Deliveries.of(PHONE, latin, "Content-Type", JSON), null))
                .code())
        .isEqualTo("event.bad_encoding");
    assertThat(
            ((Refused)
                    adapter.receive(Deliveries.of(PHONE, new byte[0], "Content-Type", JSON), null))
                .code())
        .isEqualTo("event.empty");
  }

  @Test
  void shouldTellThePlaceInTheBodyNotInTheEvent() {
    // When
    var refused = (Refused) adapter.receive(delivery("{\"a\":{\"b\":[\"\\ud800\"]}}", JSON), null);

    // Then
    assertThat(refused.problems()).extracting(RawEventProblem::pointer).containsExactly("/a/b/0");
  }

  @Test
  void shouldRefuseWhenTheEventWouldBeTooLarge() {
    // Given
    String body = "\"" + "x".repeat(RawEventReader.MAX_BYTES - 2) + "\"";

    // When
    var refused = (Refused) adapter.receive(delivery(body, JSON), null);

    // Then
    assertThat(refused.type().status().value()).isEqualTo(413);
  }

  @Test
  void shouldTakeTheTraceAndTheChannelOfTheConnector() {
    // Given
    TraceId trace = TraceId.parse("0af76519-16cd-43dd-8448-eb211c80319c");

    // When
    Reading reading = adapter("chat-bot", Channel.CHAT).receive(delivery("{}", JSON), trace);

    // Then
    assertThat(event(reading))
        .isEqualTo("{\"channel\":\"chat\",\"connector_id\":\"chat-bot\",\"structured\":{}}");
    assertThat(((Stimuli) reading).stimuli().getFirst().trace()).isEqualTo(trace);
  }

  @Test
  void shouldReadTheJsonInGithubsForm() {
    // Given
    var secret = "s";
    var github =
        new WebhookAdapter("gh", settings(ConnectorAuth.GITHUB, null), new GithubSignature(secret));
    String form = "payload=%7B%22zen%22%3A%22%C3%A9%22%7D";
    String signature =
        "sha256="
            + java.util.HexFormat.of()
                .formatHex(new HmacKey(secret.getBytes()).sign(form.getBytes()));

    // When
    Reading reading =
        github.receive(
            Deliveries.of(
                form,
                "Content-Type",
                "application/x-www-form-urlencoded",
                "X-Hub-Signature-256",
                signature,
                "X-GitHub-Event",
                "ping",
                "X-GitHub-Delivery",
                "d-1"),
            null);

    // Then
    assertThat(event(reading))
        .isEqualTo(
            "{\"channel\":\"webhook\",\"connector_id\":\"gh\",\"message_id\":\"d-1\",\"structured\":"
                + "{\"zen\":\"é\",\"_headers\":{\"x-github-event\":\"ping\"}}}");
  }

  @Test
  void shouldNotReadTheBodyBeforeTheDeliveryIsProven() {
    // When
    var refused = (Refused) adapter.receive(Deliveries.of("not json", "Content-Type", JSON), null);

    // Then
    assertThat(refused.code()).isEqualTo("webhook.token_missing");
  }

  @Test
  void shouldRememberHowItFared() {
    // When
    adapter.receive(delivery("{}", JSON), null);
    adapter.receive(delivery("{", JSON), null);

    // Then
    assertThat(adapter.health().lastAcceptedAt()).isEqualTo(Deliveries.NOW);
    assertThat(adapter.health().lastRefusal()).isEqualTo("event.malformed");
  }

  private static WebhookAdapter adapter(String id, @Nullable Channel channel) {
    return new WebhookAdapter(id, settings(ConnectorAuth.TOKEN, channel), new IngestToken());
  }

  private static ConnectorSettings settings(ConnectorAuth auth, @Nullable Channel channel) {
    return new ConnectorSettings(channel, auth, null, Set.of(Via.HTTP), List.of(), true);
  }

  private static Delivery delivery(String body, @Nullable String type, String... headers) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + (type == null ? 0 : 2));
    if (type != null) {
      all[headers.length] = "Content-Type";
      all[headers.length + 1] = type;
    }
    return Deliveries.of(PHONE, body.getBytes(UTF_8), all);
  }

  private static String event(Reading reading) {
    assertThat(reading).isInstanceOf(Stimuli.class);
    return new String(((Stimuli) reading).stimuli().getFirst().bytes(), UTF_8);
  }
}
