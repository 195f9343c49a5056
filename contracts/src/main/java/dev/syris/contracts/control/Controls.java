package dev.syris.contracts.control;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.syris.contracts.audit.AuditActor;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How much may be done without asking, and whether anything is started at all.
 *
 * @param expiresAt from when on the level of before holds again; null where it stays
 * @param pauseMode null while nothing is paused
 * @param history the last changes, newest first
 */
public record Controls(
    AutonomyLevel autonomyLevel,
    AuditActor setBy,
    Instant setAt,
    @Nullable String reason,
    @Nullable Instant expiresAt,
    boolean paused,
    @Nullable PauseMode pauseMode,
    List<Change> history) {

  public Controls {
    history = List.copyOf(history);
  }

  /** How a pause treats what is under way. */
  public enum PauseMode {
    /** It may end. */
    DRAIN,
    /** It is cut off. */
    HALT;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The name on the wire. */
    @JsonValue
    public String wire() {
      return wire;
    }
  }

  /**
   * One change.
   *
   * @param what {@code autonomy} or {@code pause}
   * @param value a level, or {@code drain}, {@code halt} or {@code running}
   * @param was the same of before
   */
  public record Change(
      String what,
      String value,
      String was,
      AuditActor by,
      Instant at,
      @Nullable Instant expiresAt,
      @Nullable String reason) {}
}
