package dev.syris.task.call;

import dev.syris.contracts.id.ToolCallId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/**
 * Marks calls as under way for as long as a transaction may start them, and after it those it did
 * start.
 */
public final class Claimed {

  private record Attempt(ToolCallId call, int number) {}

  private final InFlight inFlight;
  private final List<Attempt> attempts = new ArrayList<>();

  private Claimed(InFlight inFlight) {
    this.inFlight = inFlight;
  }

  /** Runs work that begins attempts; what it answers stays under way. */
  static List<StartedCall> run(InFlight inFlight, Function<Claimed, List<StartedCall>> work) {
    var claimed = new Claimed(inFlight);
    List<StartedCall> started = List.of();
    try {
      started = work.apply(claimed);
      return started;
    } finally {
      claimed.endAllBut(started);
    }
  }

  void begin(ToolCallId call, int attempt) {
    attempts.add(new Attempt(call, attempt));
    inFlight.begin(call, attempt);
  }

  private void endAllBut(List<StartedCall> started) {
    var stay = new HashSet<ToolCallId>();
    started.forEach(call -> stay.add(call.request().toolCallId()));
    attempts.stream()
        .filter(attempt -> !stay.contains(attempt.call()))
        .forEach(attempt -> inFlight.end(attempt.call(), attempt.number()));
  }
}
