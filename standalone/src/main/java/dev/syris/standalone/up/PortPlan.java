package dev.syris.standalone.up;

import dev.syris.embedded.EmbeddedPostgres;
import dev.syris.embedded.FreePorts;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.TreeMap;
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
  static Ports of(Path folder, @Nullable Integer kafkaPort) throws IOException {
    Path file = folder.resolve(FILE);
    var remembered = new Properties();
    if (Files.exists(file)) {
      remembered.load(new StringReader(Files.readString(file)));
    }
    var chosen = new TreeMap<String, Integer>();
    Iterator<Integer> fresh = FreePorts.find(6).iterator();
    chosen.put(
        "kafka",
        kafkaPort != null
            ? kafkaPort
            : choose(remembered, "kafka", preferredKafkaPort(fresh.next())));
    for (String name : new String[] {"controller", "ingest", "pipeline", "task"}) {
      chosen.put(name, choose(remembered, name, fresh.next()));
    }
    // The database may still run from before a kill; then it has its port, and that one is it.
    OptionalInt running = EmbeddedPostgres.runningPort(folder.resolve("postgres"));
    int otherwise = fresh.next();
    chosen.put("postgres", running.orElseGet(() -> choose(remembered, "postgres", otherwise)));
    write(file, chosen);
    return new Ports(
        port(chosen, "kafka"),
        port(chosen, "controller"),
        port(chosen, "postgres"),
        port(chosen, "ingest"),
        port(chosen, "pipeline"),
        port(chosen, "task"));
  }

  private static int choose(Properties remembered, String name, int otherwise) {
    String last = remembered.getProperty(name);
    return last != null && FreePorts.isFree(Integer.parseInt(last))
        ? Integer.parseInt(last)
        : otherwise;
  }

  private static int preferredKafkaPort(int otherwise) {
    return FreePorts.isFree(PREFERRED_KAFKA_PORT) ? PREFERRED_KAFKA_PORT : otherwise;
  }

  private static int port(Map<String, Integer> chosen, String name) {
    Integer port = chosen.get(name);
    return port == null ? 0 : port;
  }

  private static void write(Path file, Map<String, Integer> chosen) throws IOException {
    var text = new StringBuilder();
    chosen.forEach((name, port) -> text.append(name).append('=').append(port).append('\n'));
    Files.writeString(file, text);
  }
}
