package dev.syris.task.document;

import tools.jackson.databind.node.ObjectNode;

/**
 * Something the operator keeps.
 *
 * @param key its name or its id
 * @param version 1 for the first; grows with every change
 * @param body as it was written
 */
public record Document(String key, long version, ObjectNode body) {

  /** The entity tag of this version. */
  String etag() {
    return "\"" + version + "\"";
  }
}
