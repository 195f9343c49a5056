package dev.syris.ingest;

import dev.syris.contracts.topic.Topics;
import dev.syris.platform.assertion.Caller;
import dev.syris.platform.assertion.CallerAssertion;
import dev.syris.platform.kafka.KafkaSettings;
import dev.syris.platform.postgres.PostgresSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service as it runs in production, with a client that signs as the gateway does. */
public final class RunningIngest implements AutoCloseable {

  public static final Caller WITH_INGEST = new Caller("token-1", "test", Set.of("ingest"));

  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  private final ConfigurableApplicationContext context;
  private final int port;
  private final CallerAssertion assertions = new CallerAssertion(KEY, InstantSource.system());
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private RunningIngest(ConfigurableApplicationContext context) {
    this.context = context;
    this.port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  public static RunningIngest start(
      KafkaSettings kafka, PostgresSettings postgres, Map<String, ?> more) {
    var properties = new HashMap<String, Object>(more);
    properties.put("syris.kafka.bootstrap-servers", kafka.bootstrapServers());
    properties.put("syris.kafka.username", kafka.username());
    properties.put("syris.kafka.password", kafka.password());
    properties.put("syris.postgres.url", postgres.url());
    properties.put("syris.postgres.username", postgres.username());
    properties.put("syris.postgres.password", postgres.password());
    properties.put("syris.assertion.key", KEY);
    String[] arguments =
        properties.entrySet().stream()
            .map(one -> "--" + one.getKey() + "=" + one.getValue())
            .toArray(String[]::new);
    return new RunningIngest(IngestService.application().run(arguments));
  }

  public HttpResponse<String> postEvent(String json, String... headers) {
    return post(
        "/events",
        json.getBytes(StandardCharsets.UTF_8),
        WITH_INGEST,
        with(headers, "Content-Type", "application/json"));
  }

  public HttpResponse<String> post(String path, byte[] body, Caller caller, String... headers) {
    return send(request(path, caller, headers).POST(BodyPublishers.ofByteArray(body)).build());
  }

  public HttpResponse<String> getOpen(String path) {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  public HttpRequest.Builder request(String path, Caller caller, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .header(CallerAssertion.HEADER, assertions.sign(caller, "POST", path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  public HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public String get(String path) {
    return send(HttpRequest.newBuilder(uri(path))
            .header(CallerAssertion.HEADER, assertions.sign(WITH_INGEST, "GET", path))
            .build())
        .body();
  }

  /** A request that has been sent but for its last byte. */
  public SlowRequest begin(String path, String json) throws IOException {
    return new SlowRequest(port, path, assertions.sign(WITH_INGEST, "POST", path), json);
  }

  public boolean refusesConnections() {
    try (var _ = new Socket("127.0.0.1", port)) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  public static String[] with(String[] headers, String... more) {
    var all = new ArrayList<>(List.of(headers));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /** Every committed raw event there is. */
  public static List<ConsumerRecord<String, byte[]>> rawEvents(KafkaSettings admin) {
    Map<String, Object> config = admin.consumerConfig("test-raw-events");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.RAW_EVENT.name()).stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var records = new ArrayList<ConsumerRecord<String, byte[]>>();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      return records;
    }
  }

  /** Stops the service; the client's connections stay as they are. */
  public void stop() {
    context.close();
  }

  @Override
  public void close() {
    context.close();
    http.shutdownNow();
  }
}
