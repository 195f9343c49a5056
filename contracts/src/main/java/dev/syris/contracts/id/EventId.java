package dev.syris.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** Names one event, from the 202 that accepted it to its last trace node. */
public record EventId(@JsonValue UUID value) {

  public EventId {
    Objects.requireNonNull(value, "EventId");
  }

  /** Parses the canonical text form; the message of the error carries the bad value. */
  @JsonCreator
  public static EventId parse(String text) {
    return new EventId(Uuids.parse(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
