package dev.syris.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One Kafka broker that is its own controller, in this JVM.
 *
 * <p>It is started on the folder of one that was killed like on any other. A broker that can no
 * longer write its log halts this JVM: going on would be a lie. Not for use by several threads at
 * once.
 */
public final class EmbeddedKafka implements AutoCloseable {

  private final EmbeddedKafkaSettings settings;
  private final FolderLock lock;
  private final KafkaRaftServer server;

  private EmbeddedKafka(EmbeddedKafkaSettings settings, FolderLock lock, KafkaRaftServer server) {
    this.settings = settings;
    this.lock = lock;
    this.server = server;
  }

  /**
   * Starts the broker and returns when it takes requests.
   *
   * @throws EmbeddedException where the folder is in use or can't be used, a port is taken, or the
   *     broker gave up
   */
  public static EmbeddedKafka start(EmbeddedKafkaSettings settings) {
    FolderLock lock = FolderLock.take("Kafka", settings.folder());
    try {
      FreePorts.requireFree("Kafka", settings.port());
      FreePorts.requireFree("the Kafka controller", settings.controllerPort());
      formatIfNew(settings);
      return new EmbeddedKafka(settings, lock, server(settings));
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + settings.port();
  }

  /** Finishes what is in flight, writes everything down, and returns when the broker is gone. */
  @Override
  public void close() {
    try (lock) {
      server.shutdown();
      server.awaitShutdown();
    }
  }

  private static KafkaRaftServer server(EmbeddedKafkaSettings settings) {
    var config = KafkaConfig.fromProps(BrokerProperties.of(settings), false);
    var server = new KafkaRaftServer(config, Time.SYSTEM);
    try {
      server.startup();
      return server;
    } catch (RuntimeException e) {
      server.shutdown();
      server.awaitShutdown();
      throw new EmbeddedException(
          "Kafka did not start in %s: %s".formatted(settings.folder(), e.getMessage()), e);
    }
  }

  /** Like the database's folder: whole or not at all. */
  private static void formatIfNew(EmbeddedKafkaSettings settings) {
    Path unfinished = settings.folder().resolve("unfinished");
    try {
      FileTree.delete(unfinished);
      if (!Files.exists(settings.data())) {
        Files.createDirectories(unfinished);
        format(unfinished);
        FileTree.publish(unfinished, settings.data());
      }
    } catch (Exception e) {
      throw new EmbeddedException(
          "Kafka's folder %s can't be prepared: %s".formatted(settings.folder(), e), e);
    }
  }

  private static void format(Path data) throws Exception {
    try (var nowhere = new PrintStream(OutputStream.nullOutputStream(), false)) {
      new Formatter()
          .setPrintStream(nowhere)
          .setNodeId(BrokerProperties.NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .addDirectory(data.toString())
          .setMetadataLogDirectory(data.toString())
          .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
          .setHasDynamicQuorum(false)
          .setReleaseVersion(MetadataVersion.latestProduction())
          .run();
    }
  }
}
