package dev.syris.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** The W3C trace id (128 bits) written as a UUID; one per chain of causes. */
public record TraceId(@JsonValue UUID value) {

  public TraceId {
    Objects.requireNonNull(value, "TraceId");
  }

  /** Parses the canonical text form; the message of the error carries the bad value. */
  @JsonCreator
  public static TraceId parse(String text) {
    return new TraceId(Uuids.parse(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
