package dev.syris.benchmarks.system;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a list of latencies says, in milliseconds. */
record Percentiles(int count, double p50, double p95, double p99, double max) {

  static Percentiles of(List<Double> millis) {
    List<Double> sorted = millis.stream().sorted().toList();
    return new Percentiles(
        sorted.size(), at(sorted, 0.50), at(sorted, 0.95), at(sorted, 0.99), at(sorted, 1.0));
  }

  private static double at(List<Double> sorted, double quantile) {
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    int index = (int) Math.ceil(quantile * sorted.size()) - 1;
    return sorted.get(Math.clamp(index, 0, sorted.size() - 1));
  }

  Map<String, Object> toMap() {
    return Map.of("n", count, "p50", p50, "p95", p95, "p99", p99, "max", max);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, max %.1f ms (n=%d)",
        p50,
        p95,
        p99,
        max,
        count);
  }
}
