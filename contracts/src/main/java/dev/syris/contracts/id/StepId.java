package dev.syris.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** Names one step. */
public record StepId(@JsonValue UUID value) {

  public StepId {
    Objects.requireNonNull(value, "StepId");
  }

  /** Parses the canonical text form; the message of the error carries the bad value. */
  @JsonCreator
  public static StepId parse(String text) {
    return new StepId(Uuids.parse(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
