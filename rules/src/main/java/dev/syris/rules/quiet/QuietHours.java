package dev.syris.rules.quiet;

import dev.syris.rules.condition.TimeWindow;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Hours in which less is done without asking: any of their windows, while they are enabled. What a
 * window is, also where the clocks change, says {@link TimeWindow}. Immutable.
 */
public record QuietHours(boolean enabled, List<TimeWindow> windows) {

  public QuietHours {
    windows = List.copyOf(windows);
  }

  public boolean holdAt(Instant at) {
    return enabled && windows.stream().anyMatch(window -> window.covers(at));
  }

  /** When they begin next, or end if they hold; empty where they do neither within a week. */
  public Optional<Instant> until(Instant at) {
    boolean now = holdAt(at);
    return windows.stream()
        .flatMap(window -> window.edges(at).stream())
        .filter(edge -> edge.isAfter(at) && holdAt(edge) != now)
        .min(Comparator.naturalOrder());
  }
}
