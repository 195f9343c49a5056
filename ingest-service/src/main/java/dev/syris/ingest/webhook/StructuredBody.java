package dev.syris.ingest.webhook;

import dev.syris.ingest.http.Reading.Refused;

/** A delivery's body as the object {@code structured} of a raw event. */
sealed interface StructuredBody {

  /**
   * The bytes of a JSON object.
   *
   * @param wrapped whether the body stands in it under {@code body}, not in its place
   */
  record Made(byte[] json, boolean wrapped) implements StructuredBody {}

  /** The body is not what its content type says. */
  record Failed(Refused refusal) implements StructuredBody {}
}
