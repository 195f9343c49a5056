package dev.syris.task.policy;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the policy that holds. A file that changes is taken when two looks in a row saw the same,
 * so that one that is being written is not. One that can't be read changes nothing: the policy of
 * before holds on; at the start, where there is none from before, everything is asked about. What
 * can't be said aloud is not taken yet, and is tried again at the next look. Thread-safe.
 */
final class PolicyKeeper implements Policies {

  private final Path file;
  private final Told told;
  private volatile Policy current;
  private volatile List<PolicyProblem> problems = List.of();
  private @Nullable PolicyFile taken;
  private PolicyFile seen;

  /** Who is told what became of a change. */
  interface Told {
    void loaded(String before, String now);

    void broken(Path file, List<PolicyProblem> problems, String kept);
  }

  /** Reads the file as it is now. */
  PolicyKeeper(Path file, Told told) {
    this.file = file;
    this.told = told;
    this.current = new StrictPolicy(PolicyReader.defaults());
    this.seen = PolicyFile.at(file);
    switch (PolicyReader.read(seen)) {
      case PolicyReading.Accepted(LaidDown policy, var _) -> {
        current = policy;
        taken = seen;
      }
      case PolicyReading.Rejected(var found) -> problems = found; // said at the first look
    }
  }

  @Override
  public Policy current() {
    return current;
  }

  /** What is wrong with the file as it is now; empty where nothing is. */
  List<PolicyProblem> problems() {
    return problems;
  }

  /** Looks at the file once. */
  synchronized void look() {
    PolicyFile now = PolicyFile.at(file);
    boolean steady = now.equals(seen);
    seen = now;
    if (!steady || now.equals(taken)) {
      return;
    }
    switch (PolicyReader.read(now)) {
      case PolicyReading.Accepted(LaidDown policy, var _) -> {
        String before = current.version();
        told.loaded(before, policy.version());
        current = policy;
        problems = List.of();
      }
      case PolicyReading.Rejected(var found) -> {
        problems = found;
        told.broken(file, found, current.version());
      }
    }
    taken = now;
  }
}
