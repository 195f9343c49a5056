package dev.syris.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** When a process is to end without a goodbye. */
sealed interface Kill {

  /** By itself, the n-th time that it comes to a place in the code. */
  record At(String point, int times) implements Kill {
    String option() {
      return "-Dsyris.test.halt-at=%s:%d".formatted(point, times);
    }
  }

  /** By SIGKILL, so many milliseconds after it was started, ready or not. */
  record Starting(long millis) implements Kill {}

  /** By SIGKILL, when so many more requests have reached the outside. */
  record Working(int requests) implements Kill {}

  /** Take-over comes after deaths that certainly leave a call behind. */
  List<String> CYCLE =
      List.of(
          "claim.before-commit",
          "claim.after-commit",
          "take-over.before-commit",
          "working",
          "send.before",
          "take-over.after-commit",
          "working",
          "send.after",
          "working",
          "outcome.before-commit",
          "working",
          "outcome.after-commit",
          "starting",
          "creation.before-commit",
          "working",
          "creation.after-commit",
          "starting",
          "outbox.before-publish",
          "working",
          "outbox.before-commit",
          "working",
          "outbox.after-publish",
          "starting",
          "outbox.after-delete",
          "working",
          "working",
          "working",
          "starting");

  /** The places in the code. */
  static List<String> points() {
    return CYCLE.stream().filter(name -> name.contains(".")).toList();
  }

  /** About half at named places, half at random; the same for the same source of chance. */
  static List<Kill> plan(int kills, Random random) {
    var plan = new ArrayList<Kill>();
    for (int i = 0; i < kills; i++) {
      String name = CYCLE.get(i % CYCLE.size());
      plan.add(
          switch (name) {
            case "working" -> new Working(random.nextInt(1, 12));
            case "starting" -> new Starting(random.nextLong(200, 2500));
            default -> new At(name, times(name, i / CYCLE.size(), random));
          });
    }
    return plan;
  }

  /** The first round takes the first time; there is one take-over in a life. */
  private static int times(String point, int round, Random random) {
    return round == 0 || point.startsWith("take-over") ? 1 : random.nextInt(1, 5);
  }
}
