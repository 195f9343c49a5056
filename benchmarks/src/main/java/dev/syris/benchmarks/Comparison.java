package dev.syris.benchmarks;

import dev.syris.contracts.json.Json;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.node.ObjectNode;

/**
 * A figure beside its comparison, measured turn about; printed as a table and as one line of JSON.
 */
public record Comparison(
    String figure,
    String unit,
    String subject,
    List<Double> rounds,
    String baseline,
    List<Double> baselineRounds) {

  /** What the figure must reach. */
  public record Target(String name, ToDoubleFunction<Comparison> value, double atLeast) {}

  public Comparison {
    rounds = List.copyOf(rounds);
    baselineRounds = List.copyOf(baselineRounds);
  }

  public double median() {
    return median(rounds);
  }

  public double baselineMedian() {
    return median(baselineRounds);
  }

  public double ratio() {
    return median() / baselineMedian();
  }

  /** Prints it. */
  public void print(PrintStream out, List<Target> targets) {
    out.printf(Locale.ROOT, "%n%s (%s)%n", figure, unit);
    out.printf(Locale.ROOT, "  %-20s %12s  %s%n", "", "median", "rounds");
    row(out, subject, median(), rounds);
    row(out, baseline, baselineMedian(), baselineRounds);
    ObjectNode json = json();
    for (Target target : targets) {
      double value = target.value().applyAsDouble(this);
      out.printf(
          Locale.ROOT,
          "  %s: %,.2f (target at least %,.2f)%s%n",
          target.name(),
          value,
          target.atLeast(),
          value >= target.atLeast() ? "" : "  MISSED");
    }
    out.println(json);
  }

  private ObjectNode json() {
    ObjectNode json = Json.object().put("figure", figure).put("unit", unit).put("ratio", ratio());
    series(json.putObject(subject), median(), rounds);
    series(json.putObject(baseline), baselineMedian(), baselineRounds);
    json.put("processors", Runtime.getRuntime().availableProcessors());
    json.put("java", Runtime.version().toString());
    return json;
  }

  private static void series(ObjectNode json, double median, List<Double> rounds) {
    json.put("median", Math.round(median));
    rounds.forEach(round -> json.withArray("rounds").add(Math.round(round)));
  }

  private static void row(PrintStream out, String name, double median, List<Double> rounds) {
    String each =
        String.join(
            " ", rounds.stream().map(round -> String.format(Locale.ROOT, "%,.0f", round)).toList());
    out.printf(Locale.ROOT, "  %-20s %,12.0f  %s%n", name, median, each);
  }

  /** Of at least one value. */
  public static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
