package dev.syris.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** Names one requested tool call. */
public record ToolCallId(@JsonValue UUID value) {

  public ToolCallId {
    Objects.requireNonNull(value, "ToolCallId");
  }

  /** Parses the canonical text form; the message of the error carries the bad value. */
  @JsonCreator
  public static ToolCallId parse(String text) {
    return new ToolCallId(Uuids.parse(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
