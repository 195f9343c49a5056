package dev.syris.task.template;

import tools.jackson.databind.node.ObjectNode;

/**
 * A plan kept by name.
 *
 * @param version 1 for the first; grows with every change
 * @param body the plan as it was written
 */
public record TaskTemplate(String name, long version, ObjectNode body) {

  /** The entity tag of this version. */
  String etag() {
    return "\"" + version + "\"";
  }
}
