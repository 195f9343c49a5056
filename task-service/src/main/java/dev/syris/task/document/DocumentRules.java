package dev.syris.task.document;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What documents of a kind must be like. */
@FunctionalInterface
public interface DocumentRules {

  /**
   * What is kept of a body.
   *
   * @throws dev.syris.platform.problem.ProblemException that points at what can't be taken
   */
  ObjectNode accept(ObjectNode body);

  /**
   * Asked before one is removed.
   *
   * @throws dev.syris.platform.problem.ProblemException where it is needed
   */
  default void release(String key) {}

  /** Told of each that was written, in the transaction that wrote it. */
  default void written(Optional<Document> before, Document now) {}

  /** Told of each that was removed, in the transaction that removed it. */
  default void removed(Document before) {}
}
