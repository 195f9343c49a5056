package dev.syris.task.approval;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Where an approval is. */
public enum ApprovalStatus {
  PENDING,
  APPROVED,
  DENIED,
  EXPIRED,
  STALE,
  CANCELED,
  USED;

  private static final Map<ApprovalStatus, Set<ApprovalStatus>> TRANSITIONS =
      new EnumMap<>(
          Map.of(
              PENDING, EnumSet.of(APPROVED, DENIED, EXPIRED, STALE, CANCELED),
              APPROVED, EnumSet.of(USED, STALE)));

  /** The name on the wire. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ApprovalStatus of(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }

  static Set<ApprovalStatus> after(ApprovalStatus status) {
    return TRANSITIONS.getOrDefault(status, Set.of());
  }
}
