package dev.syris.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One Kafka broker that is its own controller, in this JVM.
 *
 * <p>It is started on the folder of one that was killed like on any other. Not for use by several threads at once.
 */
public final class EmbeddedKafka implements AutoCloseable {

  private final EmbeddedKafkaSettings settings;
  private final KafkaRaftServer server;

  private EmbeddedKafka(EmbeddedKafkaSettings settings, KafkaRaftServer server) {
    this.settings = settings;
    this.server = server;
  }

  /**
   * Starts the broker and returns when it takes requests.
   *
   * @throws EmbeddedException where the folder can't be used, a port is taken, or the broker gave up
   */
  public static EmbeddedKafka start(EmbeddedKafkaSettings settings) {
    FreePorts.requireFree("Kafka", settings.port());
    FreePorts.requireFree("the Kafka controller", settings.controllerPort());
    Properties properties = BrokerProperties.of(settings);
    formatIfNew(settings.folder());
    KafkaRaftServer server = null;
    try {
      server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
      server.startup();
      return new EmbeddedKafka(settings, server);
    } catch (Exception e) {
      if (server != null) {
        server.shutdown();
        server.awaitShutdown();
      }
      throw new EmbeddedException(
          "Kafka did not start in %s: %s".formatted(settings.folder(), e.getMessage()), e);
    }
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + settings.port();
  }

  /** Hands over to nobody, writes everything down, and returns when the broker is gone. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  /** The properties file is the last thing formatting writes, so a crash in the middle just formats again. */
  private static void formatIfNew(Path folder) {
    if (Files.exists(folder.resolve("meta.properties"))) {
      return;
    }
    try (var nowhere = new PrintStream(OutputStream.nullOutputStream(), false)) {
      Files.createDirectories(folder);
      new Formatter()
          .setPrintStream(nowhere)
          .setNodeId(BrokerProperties.NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .addDirectory(folder.toAbsolutePath().toString())
          .setMetadataLogDirectory(folder.toAbsolutePath().toString())
          .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
          .setHasDynamicQuorum(false)
          .setReleaseVersion(MetadataVersion.latestProduction())
          .run();
    } catch (IOException e) {
      throw new EmbeddedException("Kafka's folder %s can't be used: %s".formatted(folder, e.getMessage()), e);
    } catch (Exception e) {
      throw new EmbeddedException("Kafka's folder %s can't be prepared: %s".formatted(folder, e.getMessage()), e);
    }
  }
}
