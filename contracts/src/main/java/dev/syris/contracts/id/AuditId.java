package dev.syris.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** Names one audit record, stable over redelivery. */
public record AuditId(@JsonValue UUID value) {

  public AuditId {
    Objects.requireNonNull(value, "AuditId");
  }

  /** Parses the canonical text form; the message of the error carries the bad value. */
  @JsonCreator
  public static AuditId parse(String text) {
    return new AuditId(Uuids.parse(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
