package dev.syris.ingest.webhook;

import dev.syris.ingest.http.Reading.Refused;

/** A delivery's body, as what kind of thing it is sent. */
sealed interface Payload {

  /** A JSON text, as it was sent. */
  record JsonText(byte[] bytes) implements Payload {}

  /** An HTML form, as it was sent. */
  record Form(String text) implements Payload {}

  /** Any other text, decoded. */
  record PlainText(String text) implements Payload {}

  /** Nothing we can keep in an event. */
  record Unusable(Refused refusal) implements Payload {}
}
