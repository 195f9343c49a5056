package dev.syris.standalone.up;

import dev.syris.embedded.EmbeddedPostgres;
import dev.syris.embedded.RememberedPorts;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which ports the parts inside listen on: those of last time while they are free, so that addresses
 * stay.
 */
final class PortPlan {

  private static final String FILE = "ports.properties";
  private static final int PREFERRED_KAFKA_PORT = 7172;

  private PortPlan() {}

  /**
   * Chooses and remembers.
   *
   * @param kafkaPort what the operator asked for; taken as it is
   */
  static Ports of(Path folder, @Nullable Integer kafkaPort) {
    RememberedPorts ports = RememberedPorts.in(folder.resolve(FILE));
    Path postgres = folder.resolve("postgres");
    return new Ports(
        kafkaPort != null
            ? kafkaPort
            : ports.portPreferring("kafka", PREFERRED_KAFKA_PORT, PreferredPort::claim),
        ports.port("controller"),
        // The database may still run from before a kill; then the port is taken, and by itself.
        ports.port("postgres", taken -> EmbeddedPostgres.runningPort(postgres).orElse(0) == taken),
        ports.port("ingest"),
        ports.port("pipeline"),
        ports.port("task"));
  }
}
