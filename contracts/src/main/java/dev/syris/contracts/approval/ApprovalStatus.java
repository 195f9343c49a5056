package dev.syris.contracts.approval;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where an approval is; transitions are in the task service and its database. */
public enum ApprovalStatus {
  PENDING,
  APPROVED,
  DENIED,
  EXPIRED,
  STALE,
  CANCELED,
  USED;

  private final String wire = name().toLowerCase(Locale.ROOT);

  /** The name on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}
