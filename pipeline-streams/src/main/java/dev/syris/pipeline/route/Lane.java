package dev.syris.pipeline.route;

import dev.syris.pipeline.fastpath.Intent;
import tools.jackson.databind.node.ObjectNode;

/** What the fast path makes of an event. */
sealed interface Lane {

  /** It knows what is meant. */
  record Fast(Intent intent, ObjectNode args) implements Lane {}

  /**
   * It does not.
   *
   * @param why a sentence's end, such as {@code the event has no text}; empty where there is no
   *     more to say
   */
  record Unknown(String why) implements Lane {}
}
