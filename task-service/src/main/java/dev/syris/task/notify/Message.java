package dev.syris.task.notify;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What goes to a target.
 *
 * @param body a text, or a reference to a secret
 * @param link where it leads; null where nowhere
 * @param more what a webhook is told besides
 */
public record Message(
    String title, JsonNode body, Urgency urgency, @Nullable String link, ObjectNode more) {

  /** Never shows a link, which may be worth as much as a secret. */
  @Override
  public String toString() {
    return "Message[" + urgency + "]";
  }
}
