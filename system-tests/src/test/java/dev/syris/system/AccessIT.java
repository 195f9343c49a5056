package dev.syris.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Nothing is open that was not opened. */
@ExtendWith(SharedSyris.class)
class AccessIT {

  /** Who comes here proves himself in another way, or needs not to. */
  private static final List<String> OPEN = List.of("/health", "/webhooks/", "/decide/");

  private static SyrisProcess syris;
  private static Http http;

  @BeforeAll
  static void start(SyrisProcess shared) throws Exception {
    syris = shared;
    http = syris.http();
  }

  @Test
  void shouldRefuseEveryOperationWhenThereIsNoTokenOrAForeignHostOrOrigin() throws Exception {
    // Given
    JsonNode paths = http.get("/openapi.json").json().path("paths");
    assertThat(paths.size()).isGreaterThan(15);

    for (var path : paths.properties()) {
      for (String method : path.getValue().propertyNames()) {
        boolean open = OPEN.stream().anyMatch(path.getKey()::startsWith);
        if (!List.of("get", "post", "put", "patch", "delete").contains(method)) {
          continue;
        }
        // When
        int withoutToken = Http.send(request(method, path.getKey()).build()).status();
        int foreignOrigin =
            Http.send(
                    request(method, path.getKey())
                        .header("Origin", "https://evil.example")
                        .header("Authorization", "Bearer " + syris.token())
                        .build())
                .status();

        // Then
        String shown = method + " " + path.getKey();
        if (!open) {
          assertThat(withoutToken).as(shown + " without a token").isEqualTo(401);
        }
        assertThat(foreignOrigin).as(shown + " from a foreign origin").isEqualTo(403);
      }
    }
  }

  private static HttpRequest.Builder request(String method, String path) {
    String concrete = path.replaceAll("\\{[^}]+}", "00000000-0000-7000-8000-000000000000");
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(syris.url() + concrete)).timeout(Duration.ofSeconds(10));
    return switch (method) {
      case "get" -> builder.GET();
      default ->
          builder
              .header("Content-Type", "application/json")
              .method(
                  method.toUpperCase(java.util.Locale.ROOT),
                  HttpRequest.BodyPublishers.ofString("{}"));
    };
  }

  @Test
  void shouldRefuseWhatTheGatewayDidNotSignWhenAServicesOwnPortIsAsked() throws Exception {
    Properties ports = syris.file("ports.properties");
    for (String service : List.of("ingest", "task", "pipeline")) {
      for (String path : List.of("/events", "/internal/metrics", "/", "/webhooks/any")) {
        // When
        String address = "http://127.0.0.1:" + ports.getProperty(service) + path;
        Http.Answer answer =
            Http.send(
                HttpRequest.newBuilder(URI.create(address))
                    .header("Authorization", "Bearer " + syris.token())
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(SpineIT.event("status")))
                    .build());

        // Then
        assertThat(answer.status()).as(address).isEqualTo(401);
      }
    }
  }

  @Test
  void shouldWriteTheInboxAndNothingElseWhenLoggedInAsProducer() throws Exception {
    Properties properties = syris.file("producer.properties");
    List<String> topics;
    try (Admin admin = Admin.create(KafkaClients.as(syris, "admin"))) {
      topics =
          admin
              .listTopics(new org.apache.kafka.clients.admin.ListTopicsOptions().listInternal(true))
              .names()
              .get()
              .stream()
              .sorted()
              .toList();
    }
    assertThat(topics).hasSizeGreaterThan(6);
    try (var producer = KafkaClients.producer(properties);
        var consumer =
            new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      for (String topic : topics) {
        consumer.assign(List.of(new TopicPartition(topic, 0)));
        assertThatThrownBy(
                () -> {
                  consumer.seekToBeginning(consumer.assignment());
                  consumer.poll(Duration.ofSeconds(5));
                })
            .as("reading " + topic)
            .isInstanceOf(AuthorizationException.class);
        if (!topic.equals(KafkaClients.INBOX)) {
          assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, new byte[1])).get())
              .as("writing " + topic)
              .isInstanceOf(ExecutionException.class)
              .hasCauseInstanceOf(AuthorizationException.class);
        }
      }
    }
  }

  @Test
  void shouldLetNobodyInWhenThePasswordIsWrong() throws Exception {
    Properties properties = syris.file("producer.properties");
    properties.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"producer\" password=\"wrong\";");
    try (Admin admin = Admin.create(properties)) {
      assertThatThrownBy(() -> admin.listTopics().names().get())
          .hasCauseInstanceOf(SaslAuthenticationException.class);
    }
  }

  @Test
  void shouldLetATokenDoWhatItsScopesSayAndNoMore() throws Exception {
    // Given
    JsonNode made = http.post("/tokens", "{\"name\":\"door\",\"scopes\":[\"ingest\"]}").json();
    var door = new Http(syris.url(), made.path("secret").asString());

    // When
    String trace = door.accept(SpineIT.event("status"));

    // Then
    assertThat(door.get("/audit").status()).isEqualTo(403);
    assertThat(door.post("/tokens", "{\"name\":\"more\",\"scopes\":[\"admin\"]}").status())
        .isEqualTo(403);
    await().atMost(Duration.ofSeconds(10)).until(() -> http.audit(trace).size() == 4);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> !http.all("/audit?type=operator.action.token_create").isEmpty());
    String everything = Json.mapper().writeValueAsString(http.all("/audit"));
    assertThat(everything).doesNotContain(made.path("secret").asString());
  }
}
