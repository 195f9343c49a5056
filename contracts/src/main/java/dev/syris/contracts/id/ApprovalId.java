package dev.syris.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** Names one request for approval. */
public record ApprovalId(@JsonValue UUID value) {

  public ApprovalId {
    Objects.requireNonNull(value, "ApprovalId");
  }

  /** Parses the canonical text form; the message of the error carries the bad value. */
  @JsonCreator
  public static ApprovalId parse(String text) {
    return new ApprovalId(Uuids.parse(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
