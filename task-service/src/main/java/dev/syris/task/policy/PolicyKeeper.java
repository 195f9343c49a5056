package dev.syris.task.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the policy that holds. A file that changes is taken when two looks in a row saw the same,
 * so that one that is being written is not. One that can't be read changes nothing: the policy of
 * before holds on; at the start, where there is none from before, everything is asked about.
 * Thread-safe.
 */
final class PolicyKeeper implements Policies {

  private final Path file;
  private final Told told;
  private volatile Policy current;
  private volatile List<PolicyProblem> problems = List.of();
  private @Nullable String taken;
  private @Nullable String seen;

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
    this.taken = content();
    this.seen = taken;
    switch (PolicyReader.read(taken == null ? "" : taken)) {
      case PolicyReading.Accepted(LaidDown policy, var _) -> current = policy;
      case PolicyReading.Rejected(var found) -> problems = found;
    }
  }

  @Override
  public Policy current() {
    return current;
  }

  Path file() {
    return file;
  }

  /** What is wrong with the file as it is now; empty where nothing is. */
  List<PolicyProblem> problems() {
    return problems;
  }

  /** Looks at the file once. */
  synchronized void look() {
    String now = content();
    boolean steady = Objects.equals(now, seen);
    seen = now;
    if (!steady || Objects.equals(now, taken)) {
      return;
    }
    switch (PolicyReader.read(now == null ? "" : now)) {
      case PolicyReading.Accepted(LaidDown policy, var _) -> {
        String before = current.version();
        told.loaded(before, policy.version());
        current = policy;
        problems = List.of();
      }
      case PolicyReading.Rejected(var found) -> {
        told.broken(file, found, current.version());
        problems = found;
      }
    }
    taken = now;
  }

  /** Null where there is no file. */
  private @Nullable String content() {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException _) {
      return null;
    } catch (IOException e) { // as good as one that says nothing that can be read
      return "%" + e.getClass().getSimpleName();
    }
  }
}
