package dev.syris.task.intake;

import dev.syris.platform.health.HealthProbe;
import java.util.Map;
import org.apache.kafka.common.Metric;

/** Whether requests for tool calls are being read. */
final class IntakeProbe implements HealthProbe {

  private static final double LONGEST_POLL_SECONDS = 30;

  private final IntakeContainer container;

  IntakeProbe(IntakeContainer container) {
    this.container = container;
  }

  @Override
  public String name() {
    return "tool-call-intake";
  }

  @Override
  public Result check() {
    if (!container.isRunning()) {
      return Result.down("stopped");
    }
    if (container.listener().failing()) {
      return Result.down("records can't be taken now; they wait in their topic");
    }
    var assigned = container.getAssignedPartitions();
    if (assigned == null || assigned.isEmpty()) {
      return Result.down("no partition is assigned yet");
    }
    double sinceLastPoll = secondsSinceLastPoll();
    return sinceLastPoll > LONGEST_POLL_SECONDS
        ? Result.down("no poll for %.0f seconds".formatted(sinceLastPoll))
        : Result.up(Map.of("partitions", assigned.size()));
  }

  private double secondsSinceLastPoll() {
    return container.metrics().values().stream()
        .flatMap(metrics -> metrics.values().stream())
        .filter(metric -> metric.metricName().name().equals("last-poll-seconds-ago"))
        .map(Metric::metricValue)
        .mapToDouble(value -> value instanceof Number seconds ? seconds.doubleValue() : 0)
        .max()
        .orElse(0);
  }
}
