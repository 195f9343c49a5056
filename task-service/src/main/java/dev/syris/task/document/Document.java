package dev.syris.task.document;

import tools.jackson.databind.node.ObjectNode;

/**
 * Something the operator keeps by name.
 *
 * @param version 1 for the first; grows with every change
 * @param body as it was written
 */
public record Document(String name, long version, ObjectNode body) {

  /** The entity tag of this version. */
  String etag() {
    return "\"" + version + "\"";
  }
}
