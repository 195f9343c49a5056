package dev.syris.benchmarks.system;

import dev.syris.contracts.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Figures of the whole program as a person runs it: start, stop, idle, and the latency of an event
 * at a fixed rate. Usage: {@code SystemFigures <program lib folder> [aot cache]}. Loopback only;
 * ends by itself after about six minutes. System property {@code parts}: those wanted of {@code
 * starts,idle,latency}.
 */
public final class SystemFigures {

  private static final int WARM_STARTS = 5;
  private static final Duration WARM = Duration.ofSeconds(15);
  private static final Duration SETTLE = Duration.ofSeconds(90);
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final Map<String, Object> figures = new LinkedHashMap<>();

  private SystemFigures() {}

  public static void main(String[] args) throws Exception {
    if (args.length < 1) {
      System.err.println("usage: SystemFigures <program lib folder> [aot cache]");
      System.exit(2);
    }
    var figures = new SystemFigures();
    figures.run(new Program(Path.of(args[0]), args.length > 1 ? Path.of(args[1]) : null));
    System.exit(0);
  }

  private void run(Program program) throws Exception {
    Path folder = Files.createTempDirectory("syris-figures");
    try {
      if (asked("starts")) {
        starts(program, folder);
      }
      try (Program.Running running = program.start(folder)) {
        if (asked("idle")) {
          idle(running);
        }
        if (asked("latency")) {
          latency(running);
        }
      }
    } finally {
      delete(folder);
    }
    System.out.println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(figures));
  }

  private static boolean asked(String part) {
    return List.of(System.getProperty("parts", "starts,idle,latency").split(",")).contains(part);
  }

  private void starts(Program program, Path folder) throws Exception {
    var cold = program.start(folder);
    tell("start on an empty folder", cold.readyMillis(), "ms");
    tell("  of which the broker alone", cold.logged("Kafka started in"), "ms");
    tell("  of which the database alone", cold.logged("PostgreSQL started in"), "ms");
    var stops = new ArrayList<Long>();
    stops.add(cold.interrupt());
    var warm = new ArrayList<Long>();
    for (int i = 0; i < WARM_STARTS; i++) {
      var again = program.start(folder);
      warm.add(again.readyMillis());
      stops.add(again.interrupt());
    }
    tell("warm start", warm, "ms");
    tell("stop after Ctrl-C", stops, "ms");
    var killed = new ArrayList<Long>();
    for (int i = 0; i < 3; i++) {
      program.start(folder).kill();
      var revived = program.start(folder);
      killed.add(revived.readyMillis());
      revived.interrupt();
    }
    tell("start after SIGKILL", killed, "ms");
  }

  /** Twice: the compiler works on what the start made hot for a minute or two. */
  private void idle(Program.Running running) throws Exception {
    Thread.sleep(WARM);
    idle(running, "soon after the start");
    Thread.sleep(SETTLE);
    idle(running, "settled");
    figures.put("idle memory, MB PSS", ProcessTree.pssKilobytes(running.roots()) / 1024);
    figures.put("  of which the JVM", ProcessTree.ownPssKilobytes(running.pid()) / 1024);
    System.out.printf(
        "idle memory: %d MB PSS (JVM %d MB)%n",
        ProcessTree.pssKilobytes(running.roots()) / 1024,
        ProcessTree.ownPssKilobytes(running.pid()) / 1024);
  }

  private void idle(Program.Running running, String when) throws Exception {
    long before = ProcessTree.cpuMillis(running.roots());
    Map<Long, Long> threadsBefore = ProcessTree.threadMillis(running.pid());
    Thread.sleep(IDLE);
    double share = 100.0 * (ProcessTree.cpuMillis(running.roots()) - before) / IDLE.toMillis();
    figures.put("idle cpu " + when + ", percent of a core", share);
    System.out.printf("idle %s: %.2f %% of a core%n", when, share);
    ProcessTree.busiestThreads(running.pid(), threadsBefore)
        .forEach(line -> System.out.println("  " + line));
  }

  private void latency(Program.Running running) throws Exception {
    var load = new OpenLoop(running);
    load.run(Duration.ofSeconds(20));
    OpenLoop.Result result = load.run(Duration.ofSeconds(60));
    var accepted = Percentiles.of(result.accepted());
    var executed = Percentiles.of(result.executed());
    Percentiles floor = KafkaFloor.measure(running, Duration.ofSeconds(30));
    figures.put("POST to 202, ms", accepted.toMap());
    figures.put("POST to tool executed, ms", executed.toMap());
    figures.put("one bare Kafka transaction, produce to consume, ms", floor.toMap());
    System.out.printf("at %d/s, open loop:%n", OpenLoop.PER_SECOND);
    System.out.println("  POST to 202            " + accepted);
    System.out.println("  POST to tool executed  " + executed);
    System.out.println("  one bare transaction   " + floor);
  }

  private void tell(String name, long value, String unit) {
    figures.put(name + ", " + unit, value);
    System.out.printf("%-34s %6d %s%n", name, value, unit);
  }

  private void tell(String name, List<Long> values, String unit) {
    List<Long> sorted = values.stream().sorted().toList();
    long median = sorted.get(sorted.size() / 2);
    figures.put(
        name + ", " + unit,
        Map.of("median", median, "min", sorted.getFirst(), "max", sorted.getLast()));
    System.out.printf(
        "%-34s %6d %s (%d to %d, n=%d)%n",
        name, median, unit, sorted.getFirst(), sorted.getLast(), sorted.size());
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
