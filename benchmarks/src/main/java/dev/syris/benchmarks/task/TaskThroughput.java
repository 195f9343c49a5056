package dev.syris.benchmarks.task;

import dev.syris.benchmarks.task.Pass.Apart;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One-step tasks that do nothing, with 1 KB of input each, turn about on one database with durable
 * commits: how fast each engine takes them, runs them, and does both at once. Every task must have
 * run exactly once, or there is no figure. System properties: {@code tasks} (100000), {@code
 * rounds} (3), {@code engines} (all, or names with commas between), and those of the engines.
 */
public final class TaskThroughput {

  private static final String PAYLOAD = "{\"note\":\"" + "x".repeat(1024 - 11) + "\"}";
  private static final List<Contender> ALL =
      List.of(SyrisEngine.contender(), DbSchedulerEngine.contender(), JobRunrEngine.contender());

  private final TaskDatabase database;
  private final int tasks;
  private final Standings created = new Standings("created while nothing runs");
  private final Standings executed = new Standings("executed while nothing is created");
  private final Standings both = new Standings("created and executed at once");

  private TaskThroughput(TaskDatabase database, int tasks) {
    this.database = database;
    this.tasks = tasks;
  }

  public static void main(String[] args) {
    try (TaskDatabase database = TaskDatabase.start()) {
      System.out.printf(
          "synchronous_commit=%s fsync=%s%n",
          database.setting("synchronous_commit"), database.setting("fsync"));
      new TaskThroughput(database, Integer.getInteger("tasks", 100_000))
          .run(contenders(), Integer.getInteger("rounds", 3));
    }
  }

  private static List<Contender> contenders() {
    String names = System.getProperty("engines", "");
    Set<String> wanted = Set.of(names.split(","));
    return ALL.stream()
        .filter(contender -> names.isEmpty() || wanted.contains(contender.name()))
        .toList();
  }

  private void run(List<Contender> contenders, int rounds) {
    var warmUp = new Pass(database, Math.max(1, tasks / 10), PAYLOAD);
    contenders.forEach(warmUp::apart);
    var pass = new Pass(database, tasks, PAYLOAD);
    for (int round = 0; round < rounds; round++) {
      contenders.forEach(contender -> measure(pass, contender));
    }
    List.of(created, executed, both).forEach(standings -> standings.print(System.out, tasks));
  }

  private void measure(Pass pass, Contender contender) {
    TaskDatabase.Wal before = database.wal();
    Apart apart = pass.apart(contender);
    TaskDatabase.Wal written = database.wal().since(before);
    created.add(contender.name(), apart.created());
    executed.add(contender.name(), apart.executed());
    System.out.printf(
        Locale.ROOT,
        "%-14s created %,.0f/s, executed %,.0f/s%n",
        contender.name(),
        apart.created(),
        apart.executed());
    System.out.println("    " + written.per(tasks));
    TableUse.of(database, contender.schema()).forEach(use -> System.out.println("    " + use));
    double together = pass.together(contender);
    both.add(contender.name(), together);
    System.out.printf(Locale.ROOT, "%-14s both at once %,.0f/s%n", contender.name(), together);
  }
}
