package dev.syris.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.Headers;
import dev.syris.contracts.topic.RawEventHeaders;
import dev.syris.contracts.topic.Topics;
import dev.syris.embedded.EmbeddedKafka;
import dev.syris.embedded.EmbeddedKafkaSettings;
import dev.syris.embedded.FreePorts;
import dev.syris.platform.kafka.KafkaSettings;
import dev.syris.platform.migrate.KafkaMigration;
import dev.syris.platform.postgres.PostgresSettings;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker of its own, which goes away and comes back; no database, which nothing here needs. */
class BrokerFailureIT {

  private static final PostgresSettings NO_DATABASE =
      new PostgresSettings("jdbc:postgresql://127.0.0.1:1/none", "nobody", "none", 1);
  private static final Map<String, String> IMPATIENT =
      Map.of(
          "syris.ingest.producer.delivery-timeout", "1500ms",
          "syris.ingest.producer.request-timeout", "700ms",
          "syris.ingest.producer.max-block", "700ms");
  private static final String EVENT = "{\"channel\":\"api\",\"connector_id\":\"%s\"}";

  @TempDir private static Path folder;

  private EmbeddedKafkaSettings settings;
  private EmbeddedKafka broker;
  private RunningIngest ingest;

  @BeforeEach
  void start() {
    List<Integer> ports = FreePorts.find(2);
    settings =
        new EmbeddedKafkaSettings(
            folder.resolve("kafka-" + ports.getFirst()),
            ports.getFirst(),
            ports.getLast(),
            Map.of("admin", "a", "ingest", "i"));
    broker = EmbeddedKafka.start(settings);
    try (Admin admin = Admin.create(kafka("admin", "a").clientConfig())) {
      new KafkaMigration(admin).migrate();
    }
  }

  @AfterEach
  void stop() {
    if (ingest != null) {
      ingest.close();
    }
    broker.close();
  }

  @Test
  void shouldNeverSayYesWithoutTheBrokerAndGoOnWhenItIsBack() {
    // Given
    ingest = RunningIngest.start(kafka("ingest", "i"), NO_DATABASE, IMPATIENT);
    await().until(() -> ingest.postEvent(EVENT.formatted("before")).statusCode() == 202);
    broker.close();

    // When
    HttpResponse<String> single = ingest.postEvent(EVENT.formatted("away"));
    HttpResponse<String> batch = ingest.postEvent(batch("away-batch", 3));

    // Then
    for (HttpResponse<String> response : List.of(single, batch)) {
      assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
      assertThat(response.headers().firstValue("Retry-After")).contains("2");
      assertThat(Json.mapper().readTree(response.body()).get("code").asString())
          .startsWith("broker.");
    }
    assertThat(ingest.getOpen("/internal/health").statusCode()).isEqualTo(503);

    // And when
    broker = EmbeddedKafka.start(settings);

    // Then
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                ingest.postEvent(batch("back", 3)).statusCode() == 202
                    && ingest.postEvent(EVENT.formatted("back")).statusCode() == 202);
    assertThat(ingest.getOpen("/internal/health").statusCode()).isEqualTo(200);
    assertThat(connectors()).doesNotContainKey("away-batch");
  }

  @Test
  void shouldShowEachBatchWholeOrNotAtAllWhenTheBrokerGoesInTheMiddle() {
    // Given
    ingest = RunningIngest.start(kafka("ingest", "i"), NO_DATABASE, Map.of());
    await().until(() -> ingest.postEvent(batch("warm", 2)).statusCode() == 202);
    var going = new AtomicBoolean(true);
    var accepted = new ArrayList<String>();
    CompletableFuture<Void> client =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; going.get(); i++) {
                if (ingest.postEvent(batch("b" + i, 40)).statusCode() == 202) {
                  accepted.add("b" + i);
                }
              }
            });
    await().until(() -> accepted.size() > 20);

    // When
    broker.close();
    broker = EmbeddedKafka.start(settings);
    int before = accepted.size();
    await().atMost(Duration.ofSeconds(30)).until(() -> accepted.size() > before + 5);
    going.set(false);
    assertThat(client).succeedsWithin(Duration.ofSeconds(20));

    // Then
    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(
            () -> assertThat(connectors()).containsKeys(accepted.toArray(String[]::new)));
    Map<String, Long> found = connectors();
    found.remove("warm");
    assertThat(found.values()).containsOnly(40L);
  }

  @Test
  void shouldEndWhatAKilledPredecessorLeftOpen() {
    // Given
    KafkaProducer<String, byte[]> killed =
        await().ignoreExceptions().until(this::predecessor, Objects::nonNull);
    killed.beginTransaction();
    killed.send(new ProducerRecord<>(Topics.RAW_EVENT.name(), "open", new byte[] {'x'}));
    killed.flush();

    // When
    ingest = RunningIngest.start(kafka("ingest", "i"), NO_DATABASE, Map.of());
    await().until(() -> ingest.postEvent(batch("next", 8)).statusCode() == 202);

    // Then
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(connectors()).containsOnlyKeys("next"));
    killed.close(Duration.ZERO);
  }

  @Test
  void shouldAnswerWhatIsUnderWayAndThenStopAtOnce() throws Exception {
    // Given
    ingest = RunningIngest.start(kafka("ingest", "i"), NO_DATABASE, Map.of());
    await().until(() -> ingest.postEvent(batch("warm", 2)).statusCode() == 202);
    String event = EVENT.formatted("under-way");
    try (SlowRequest request = ingest.begin("/events", event)) {

      // When
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(ingest::stop);
      await().until(() -> ingest.refusesConnections());
      assertThat(stopped).isNotDone();
      String answer = request.finish();

      // Then
      assertThat(answer).startsWith("HTTP/1.1 202");
      assertThat(stopped).succeedsWithin(Duration.ofSeconds(5));
    }
    assertThat(connectors()).containsKey("under-way");
  }

  private KafkaProducer<String, byte[]> predecessor() {
    Map<String, Object> config = kafka("ingest", "i").producerConfig("killed");
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "syris-ingest-batch-0");
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 600_000);
    var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    producer.initTransactions();
    return producer;
  }

  /** How many committed events each connector has, each counted once by its id. */
  private Map<String, Long> connectors() {
    return RunningIngest.rawEvents(kafka("admin", "a")).stream()
        .collect(
            Collectors.toMap(
                message -> Headers.text(message.headers(), RawEventHeaders.EVENT_ID),
                message -> Json.mapper().readTree(message.value()).get("connector_id").asString()))
        .values()
        .stream()
        .collect(Collectors.groupingBy(connector -> connector, Collectors.counting()));
  }

  private KafkaSettings kafka(String user, String password) {
    return new KafkaSettings("127.0.0.1:" + settings.port(), user, password);
  }

  private static String batch(String connector, int size) {
    return IntStream.range(0, size)
        .mapToObj(
            i ->
                "{\"channel\":\"api\",\"connector_id\":\"%s\",\"thread_id\":\"%d\"}"
                    .formatted(connector, i))
        .collect(Collectors.joining(",", "[", "]"));
  }
}
