package dev.syris.rules.quiet;

import dev.syris.rules.condition.TimeWindow;
import java.time.Instant;
import java.util.List;

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
}
