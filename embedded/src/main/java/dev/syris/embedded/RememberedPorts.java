package dev.syris.embedded;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * Ports by name, the same from start to start as long as nobody else took them meanwhile. Kept in a
 * properties file. Thread-safe; the file has one owner at a time.
 */
public final class RememberedPorts {

  private final Path file;
  private final Map<String, Integer> ports = new HashMap<>();

  private RememberedPorts(Path file) {
    this.file = file;
  }

  /** What the file says; a file that is missing or makes no sense is an empty one. */
  public static RememberedPorts in(Path file) {
    var remembered = new RememberedPorts(file);
    var properties = new Properties();
    try {
      if (Files.exists(file)) {
        properties.load(new StringReader(Files.readString(file)));
      }
    } catch (IOException e) {
      throw new EmbeddedException("the ports in %s can't be read: %s".formatted(file, e), e);
    }
    for (String name : properties.stringPropertyNames()) {
      String value = properties.getProperty(name, "").strip();
      if (value.matches("[1-9][0-9]{0,4}")) {
        remembered.ports.put(name, Integer.valueOf(value));
      }
    }
    return remembered;
  }

  /**
   * The remembered port if it is free, else a new one, which is written down before it is given
   * out.
   */
  public int port(String name) {
    return port(name, _ -> false);
  }

  /**
   * The same for a server that may still run.
   *
   * @param ours says of a port that is taken whether it is by that very server
   */
  public synchronized int port(String name, IntPredicate ours) {
    Integer remembered = ports.get(name);
    if (remembered != null && (FreePorts.isFree(remembered) || ours.test(remembered))) {
      return remembered;
    }
    int port =
        FreePorts.find(ports.size() + 1).stream()
            .filter(found -> !ports.containsValue(found))
            .findFirst()
            .orElseThrow();
    ports.put(name, port);
    write();
    return port;
  }

  /**
   * The same, where one port would be liked by everybody: it is taken, also as a remembered one,
   * only where it can be claimed.
   *
   * @param claim takes it for this process, for as long as that lives
   */
  public synchronized int portPreferring(String name, int preferred, IntPredicate claim) {
    Integer remembered = ports.get(name);
    boolean wanted = remembered == null || remembered == preferred;
    if (!wanted) {
      return port(name);
    }
    ports.remove(name);
    if (!claim.test(preferred)) {
      return port(name);
    }
    ports.put(name, preferred);
    write();
    return preferred;
  }

  private void write() {
    String lines =
        ports.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(port -> port.getKey() + "=" + port.getValue() + "\n")
            .collect(Collectors.joining());
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.writeString(next, lines);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new EmbeddedException("the ports can't be written to %s: %s".formatted(file, e), e);
    }
  }
}
