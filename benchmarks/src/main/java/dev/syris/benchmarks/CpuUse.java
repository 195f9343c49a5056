package dev.syris.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Processor time used up to now, in nanoseconds, by kind of thread; unlike elapsed time it says the
 * same on a busy machine. What the JVM's own threads used (compiler, garbage collector) and threads
 * that have ended is under {@code jvm}.
 */
public record CpuUse(Map<String, Long> nanos) {

  public CpuUse {
    nanos = Map.copyOf(nanos);
  }

  public static CpuUse now() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    var nanos = new HashMap<String, Long>();
    long known = 0;
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      long used = thread == null ? -1 : threads.getThreadCpuTime(thread.getThreadId());
      if (thread != null && used > 0) {
        nanos.merge(kind(thread.getThreadName()), used, Long::sum);
        known += used;
      }
    }
    nanos.put("jvm", process() - known);
    return new CpuUse(nanos);
  }

  /**
   * Microseconds for each of {@code count} things done since {@code before}, by kind of thread and
   * in {@code all}.
   */
  public Map<String, Double> perThing(CpuUse before, long count) {
    var micros = new TreeMap<String, Double>();
    nanos.forEach(
        (kind, used) -> {
          double each = (used - before.nanos.getOrDefault(kind, 0L)) / 1000.0 / count;
          if (each >= 0.05) {
            micros.put(kind, each);
          }
        });
    micros.put("all", micros.values().stream().mapToDouble(Double::doubleValue).sum());
    return micros;
  }

  private static long process() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }

  private static String kind(String thread) {
    if (thread.contains("producer-network-thread")) {
      return "producer";
    } else if (thread.contains("StreamThread")) {
      return "stream";
    } else if (thread.contains("StateUpdater")
        || thread.contains("admin")
        || thread.contains("main")) {
      return "other";
    }
    return "broker";
  }
}
