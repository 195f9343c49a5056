package dev.syris.pipeline;

import dev.syris.platform.kafka.KafkaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service in this JVM. */
final class RunningPipeline implements AutoCloseable {

  private final ConfigurableApplicationContext context;

  private RunningPipeline(ConfigurableApplicationContext context) {
    this.context = context;
  }

  static RunningPipeline start(KafkaSettings kafka, Path data) {
    var running =
        new RunningPipeline(
            PipelineStreams.application().run(arguments(kafka, data).toArray(String[]::new)));
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> running.health().statusCode() == 200);
    return running;
  }

  static List<String> arguments(KafkaSettings kafka, Path data) {
    return Stream.of(
            Map.entry("syris.kafka.bootstrap-servers", kafka.bootstrapServers()),
            Map.entry("syris.kafka.username", kafka.username()),
            Map.entry("syris.kafka.password", kafka.password()),
            Map.entry("syris.assertion.key", Base64.getEncoder().encodeToString(new byte[32])),
            Map.entry("syris.timezone", "Europe/Berlin"),
            Map.entry("syris.data", data.toString()))
        .map(property -> "--" + property.getKey() + "=" + property.getValue())
        .toList();
  }

  HttpResponse<String> health() {
    return get("/internal/health");
  }

  HttpResponse<String> get(String path) {
    var uri =
        URI.create(
            "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
