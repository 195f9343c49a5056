package dev.syris.benchmarks.spine;

import dev.syris.benchmarks.Comparison;
import dev.syris.pipeline.runtime.PipelineSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.streams.Topology;

/**
 * Raw event → event + decision + tool call + two audits, exactly once, 1 KB: the real topology and
 * a hand-written one, without a store and with one, turn about on the same broker in this JVM.
 * System properties: {@code events} (100000), {@code rounds} (3), and those of {@link Setup}.
 */
public final class SpineThroughput {

  private SpineThroughput() {}

  public static void main(String[] args) {
    int events = Integer.getInteger("events", 100_000);
    int rounds = Integer.getInteger("rounds", 3);
    PipelineSettings settings = Setup.pipeline();
    try (Broker broker = Broker.start()) {
      Preload.write(broker.settings(), events);
      var round = new Round(broker.settings(), settings, events);
      var ours = new ArrayList<Double>();
      var copies = new ArrayList<Double>();
      var stored = new ArrayList<Double>();
      Supplier<Topology> real = Setup.topology();
      round.run("warm-up-real", real, broker.folder("warm-up-real"));
      Map<String, Integer> sizes = OutputSizes.measure(broker.settings());
      Supplier<Topology> copy = new HandWrittenTopology(sizes, false);
      Supplier<Topology> storedCopy = new HandWrittenTopology(sizes, true);
      round.run("warm-up-copy", copy, broker.folder("warm-up-copy"));
      round.run("warm-up-stored", storedCopy, broker.folder("warm-up-stored"));
      for (int i = 0; i < rounds; i++) {
        ours.add(round.run("real-" + i, real, broker.folder("real-" + i)));
        copies.add(round.run("copy-" + i, copy, broker.folder("copy-" + i)));
        stored.add(round.run("stored-" + i, storedCopy, broker.folder("stored-" + i)));
      }
      print("hand-written copy", ours, copies);
      print("copy with a store", ours, stored);
    }
  }

  private static void print(String baseline, List<Double> ours, List<Double> theirs) {
    new Comparison("spine throughput", "events/s", "topology", ours, baseline, theirs)
        .print(
            System.out,
            List.of(
                new Comparison.Target("ratio of the medians", Comparison::ratio, 0.8),
                new Comparison.Target("events/s", Comparison::median, 15_000)));
  }
}
