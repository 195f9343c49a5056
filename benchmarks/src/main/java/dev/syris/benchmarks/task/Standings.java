package dev.syris.benchmarks.task;

import dev.syris.benchmarks.Comparison;
import dev.syris.contracts.json.Json;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** One figure of all engines, round by round; printed as a table and as one line of JSON. */
final class Standings {

  private final String figure;
  private final Map<String, List<Double>> rounds = new LinkedHashMap<>();

  Standings(String figure) {
    this.figure = figure;
  }

  void add(String engine, double value) {
    rounds.computeIfAbsent(engine, _ -> new ArrayList<>()).add(value);
  }

  void print(PrintStream out, int tasks) {
    out.printf(Locale.ROOT, "%n%s, %,d tasks (tasks/s)%n", figure, tasks);
    out.printf(Locale.ROOT, "  %-20s %12s  %s%n", "", "median", "rounds");
    ObjectNode json =
        Json.object().put("figure", figure).put("unit", "tasks/s").put("tasks", tasks);
    rounds.forEach(
        (engine, values) -> {
          out.printf(
              Locale.ROOT,
              "  %-20s %,12.0f  %s%n",
              engine,
              Comparison.median(values),
              shown(values));
          ObjectNode series =
              json.putObject(engine).put("median", Math.round(Comparison.median(values)));
          values.forEach(value -> series.withArray("rounds").add(Math.round(value)));
        });
    json.put("processors", Runtime.getRuntime().availableProcessors());
    json.put("load", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    json.put("java", Runtime.version().toString());
    out.println(json);
  }

  private static String shown(List<Double> values) {
    return String.join(
        " ", values.stream().map(value -> String.format(Locale.ROOT, "%,.0f", value)).toList());
  }
}
