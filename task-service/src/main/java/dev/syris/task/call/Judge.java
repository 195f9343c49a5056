package dev.syris.task.call;

import dev.syris.task.control.Posture;
import dev.syris.task.policy.Policy;
import java.time.Instant;
import java.util.Set;

/** Opens a {@link Bench} for a transaction. Thread-safe. */
final class Judge {

  private final RuntimeParts parts;
  private final Windows windows;

  Judge(RuntimeParts parts) {
    this.parts = parts;
    this.windows = new Windows(parts.jdbc());
  }

  /** For the caller's transaction. */
  Bench open(Instant now) {
    Posture posture = parts.gate().controls().hold(now);
    Policy policy = parts.gate().policies().current();
    Set<String> names = policy.quietHours();
    Set<String> quiet = names.isEmpty() ? Set.of() : parts.gate().quietHours().at(names, now);
    return new Bench(parts.registry(), windows, posture, policy, quiet, now);
  }
}
