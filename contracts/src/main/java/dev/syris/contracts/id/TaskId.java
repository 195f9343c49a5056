package dev.syris.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** Names one task. */
public record TaskId(@JsonValue UUID value) {

  public TaskId {
    Objects.requireNonNull(value, "TaskId");
  }

  /** Parses the canonical text form; the message of the error carries the bad value. */
  @JsonCreator
  public static TaskId parse(String text) {
    return new TaskId(Uuids.parse(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
