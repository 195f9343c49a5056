package dev.syris.standalone.up;

import dev.syris.embedded.EmbeddedException;
import dev.syris.platform.secret.KeySource;
import dev.syris.standalone.data.Credentials;
import dev.syris.standalone.data.DataFolder;
import dev.syris.standalone.data.Installation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole system in one JVM, on one data folder. */
public final class StandaloneSyris implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StandaloneSyris.class);

  private final Backends backends;
  private final Services services;
  private final UpSettings settings;

  private StandaloneSyris(Backends backends, Services services, UpSettings settings) {
    this.backends = backends;
    this.services = services;
    this.settings = settings;
  }

  /** Why the system can't start, as one line for the operator. */
  public static final class CannotStart extends Exception {
    CannotStart(String message, Throwable cause) {
      super(message, cause);
    }

    CannotStart(String message) {
      super(message);
    }
  }

  /**
   * Starts everything, in order; when it returns, every part is up.
   *
   * @throws CannotStart with a line that says what to do
   */
  public static StandaloneSyris start(DataFolder folder, UpSettings settings, Path cache)
      throws CannotStart {
    requireFree(settings);
    try {
      Credentials credentials = Credentials.loadOrCreate(folder.path());
      KeySource.InFile.loadOrCreate(new Installation(folder.path()).secretsKey());
      Ports ports = PortPlan.of(folder.path(), settings.kafkaPort());
      writeProducerProperties(folder, ports, credentials);
      Backends backends = Backends.start(folder.path(), cache, ports, credentials);
      try {
        var properties =
            new ServiceProperties(credentials, folder.path(), backends, ports, settings);
        Services services = Services.start(properties, settingsLocation(folder));
        Files.writeString(new Installation(folder.path()).address(), settings.url());
        return new StandaloneSyris(backends, services, settings);
      } catch (RuntimeException e) {
        backends.close();
        throw e;
      }
    } catch (EmbeddedException | IllegalStateException | IllegalArgumentException e) {
      LOG.error("the start failed", e);
      throw new CannotStart(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new CannotStart(
          "the data folder %s can't be used: %s".formatted(folder.path(), e.getMessage()), e);
    }
  }

  private static String settingsLocation(DataFolder folder) {
    return "optional:file:" + new Installation(folder.path()).settings().toAbsolutePath();
  }

  private static void requireFree(UpSettings settings) throws CannotStart {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(settings.bind()), settings.port()));
    } catch (IOException e) {
      throw new CannotStart(
          "port %d on %s is taken (%s); stop what listens there, or pass another with --port"
              .formatted(settings.port(), settings.bind(), e.getMessage()));
    }
  }

  private static void writeProducerProperties(
      DataFolder folder, Ports ports, Credentials credentials) throws IOException {
    String text =
        """
        # For any Kafka client that sends stimuli to syris.ingest.inbox. It may write there and nothing else.
        bootstrap.servers=127.0.0.1:%d
        security.protocol=SASL_PLAINTEXT
        sasl.mechanism=PLAIN
        sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="producer" password="%s";
        acks=all
        """
            .formatted(ports.kafka(), credentials.kafka("producer"));
    DataFolder.writePrivately(new Installation(folder.path()).producerProperties(), text);
  }

  /** Waits until the whole path works; false where it does not within the time given. */
  public boolean awaitReady(Duration atMost) throws InterruptedException {
    return Readiness.await(settings.url(), atMost);
  }

  /** To be called now and then: brings back a database that died by itself. */
  public void tend() {
    try {
      backends.revivePostgres();
    } catch (RuntimeException e) {
      LOG.error("PostgreSQL could not be started again; will try again", e);
    }
  }

  /** Gateway, ingest, streams, task, broker, Postgres. */
  @Override
  public void close() {
    services.close();
    backends.close();
  }
}
