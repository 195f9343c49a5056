package dev.syris.benchmarks.spine;

import dev.syris.embedded.EmbeddedKafka;
import dev.syris.embedded.EmbeddedKafkaSettings;
import dev.syris.embedded.FreePorts;
import dev.syris.platform.kafka.KafkaSettings;
import dev.syris.platform.migrate.KafkaMigration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** An embedded broker with every topic, in a folder that goes with it. */
public final class Broker implements AutoCloseable {

  private static final String PASSWORD = "benchmark";

  private final Path folder;
  private final EmbeddedKafka kafka;

  private Broker(Path folder, EmbeddedKafka kafka) {
    this.folder = folder;
    this.kafka = kafka;
  }

  public static Broker start() {
    try {
      Path folder = Files.createTempDirectory("syris-benchmark-");
      List<Integer> ports = FreePorts.find(2);
      var settings =
          new EmbeddedKafkaSettings(
              folder.resolve("kafka"),
              ports.getFirst(),
              ports.getLast(),
              Map.of(EmbeddedKafkaSettings.ADMIN, PASSWORD));
      var broker = new Broker(folder, EmbeddedKafka.start(settings));
      try (Admin admin = Admin.create(broker.settings().clientConfig())) {
        new KafkaMigration(admin).migrate();
      }
      return broker;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public KafkaSettings settings() {
    return new KafkaSettings(kafka.bootstrapServers(), EmbeddedKafkaSettings.ADMIN, PASSWORD);
  }

  Path folder(String name) {
    return folder.resolve(name);
  }

  @Override
  public void close() {
    kafka.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
