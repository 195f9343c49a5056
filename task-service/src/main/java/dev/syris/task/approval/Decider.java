package dev.syris.task.approval;

import dev.syris.contracts.audit.AuditActor;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Answers approvals for those who do not come by REST. Thread-safe. */
public interface Decider {

  /**
   * Answers one; at most one of many answers counts.
   *
   * @param reason null where none was given
   * @param channel by which the answer came, such as {@code link}
   */
  Decided decide(
      UUID approval, boolean approve, @Nullable String reason, String channel, AuditActor by);

  /** The Approval of the contracts. */
  Optional<ObjectNode> show(UUID approval);

  /** What became of an answer. */
  sealed interface Decided {
    /** It counts. */
    record Done() implements Decided {}

    record NoSuchApproval() implements Decided {}

    /**
     * Somebody was faster, or it is too late.
     *
     * @param status where the approval is
     */
    record NotPending(String status) implements Decided {}

    /** What was asked is not what would run now; it is asked anew. */
    record WentStale(String because) implements Decided {}
  }
}
