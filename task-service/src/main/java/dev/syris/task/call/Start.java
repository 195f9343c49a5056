package dev.syris.task.call;

import dev.syris.contracts.id.ToolCallId;
import dev.syris.task.tool.ActionDefinition.Effect;
import dev.syris.task.tool.ToolRegistry.Registered;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One {@code STARTED} to be written. */
record Start(
    ToolCallId id,
    int attempt,
    Duration lease,
    @Nullable String risk,
    @Nullable String autonomy,
    @Nullable String version,
    boolean readOnly,
    boolean idempotent) {

  /**
   * How much longer the lease is than the call may take: for getting from the database to the call,
   * and back.
   */
  static final Duration MARGIN = Duration.ofSeconds(10);

  static Start of(ToolCallId id, int attempt, Registered registered, Findings findings) {
    Effect effect = registered.definition().effect();
    return new Start(
        id,
        attempt,
        registered.definition().timeout().plus(MARGIN),
        findings.riskLevel(),
        findings.level() == null ? null : findings.level().name(),
        registered.version(),
        effect == Effect.READ_ONLY,
        effect.repeatable());
  }

  /** For a call that fails before it is made. */
  static Start ofFailing(ToolCallId id, int attempt) {
    return new Start(id, attempt, MARGIN, null, null, null, true, true);
  }
}
