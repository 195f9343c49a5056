package dev.syris.benchmarks.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What Linux says of some processes and all their children. */
final class ProcessTree {

  private static final int MILLIS_PER_TICK = 10;
  private static final int BUSIEST = 8;

  private ProcessTree() {}

  static long cpuMillis(List<Long> roots) {
    return pids(roots).mapToLong(pid -> ticks(Path.of("/proc/" + pid + "/stat"))).sum()
        * MILLIS_PER_TICK;
  }

  static long pssKilobytes(List<Long> roots) {
    return pids(roots).mapToLong(ProcessTree::ownPssKilobytes).sum();
  }

  static long ownPssKilobytes(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
          .sum();
    } catch (IOException e) {
      return 0;
    }
  }

  /** CPU milliseconds by thread of one process. */
  static Map<Long, Long> threadMillis(long pid) throws IOException {
    var millis = new HashMap<Long, Long>();
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
      tasks.forEach(
          task ->
              millis.put(
                  Long.parseLong(task.getFileName().toString()),
                  ticks(task.resolve("stat")) * MILLIS_PER_TICK));
    }
    return millis;
  }

  static List<String> busiestThreads(long pid, Map<Long, Long> before) throws IOException {
    Map<Long, Long> now = threadMillis(pid);
    now.replaceAll((thread, millis) -> millis - before.getOrDefault(thread, 0L));
    return now.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(BUSIEST)
        .map(entry -> "%5d ms  %s".formatted(entry.getValue(), name(pid, entry.getKey())))
        .toList();
  }

  private static String name(long pid, long thread) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/task/" + thread + "/comm")).strip();
    } catch (IOException e) {
      return "gone";
    }
  }

  private static Stream<Long> pids(List<Long> roots) {
    return roots.stream()
        .flatMap(root -> ProcessHandle.of(root).stream())
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .map(ProcessHandle::pid)
        .distinct();
  }

  private static long ticks(Path stat) {
    try {
      String text = Files.readString(stat);
      String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
      return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    } catch (IOException e) {
      return 0;
    }
  }
}
