package dev.syris.task.call;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.tool.ToolCallStatus;
import dev.syris.task.instance.Owner;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Whoever owns calls that are part of something bigger. It is told of every outcome inside the
 * transaction that records it, so that no crash can come between the two.
 */
public interface CallOwner {

  /**
   * Locks what these calls are part of; in the caller's transaction, and before the calls are
   * locked, so that all lock in one order.
   */
  Hold hold(Collection<ToolCallRequest> calls, Owner owner);

  /**
   * Locks what a call is part of that the operator is about to settle; in the caller's transaction,
   * and before the call is locked.
   */
  default Resolving resolving(ToolCallRequest call) {
    return (_, _, _) -> {};
  }

  /**
   * Locks what a call is part of that somebody was asked about; in the caller's transaction, and
   * before the call is locked.
   */
  default Waiting waiting(ToolCallRequest call) {
    return new Waiting() {
      @Override
      public void goesOn(List<AuditEvent> said) {}

      @Override
      public void refused(ErrorDetail error, List<AuditEvent> said) {}
    };
  }

  /** What is held while a call gets its answer. */
  interface Waiting {
    /** The call may be judged again. */
    void goesOn(List<AuditEvent> said);

    /** The call is not made. */
    void refused(ErrorDetail error, List<AuditEvent> said);
  }

  /** What is held while a call is settled by hand. */
  interface Resolving {
    /**
     * The call was settled: writes what follows from it, and adds to what is said.
     *
     * @throws dev.syris.platform.problem.ProblemException where it is to be made again and nobody
     *     wants it any more
     */
    void resolved(Resolution resolution, AuditActor by, List<AuditEvent> said);
  }

  /** What is held for the length of a transaction. */
  interface Hold {

    /** Whether the call is still its owner's to answer: nobody has taken it over. */
    boolean has(StartedCall call);

    /** Whether anybody still wants it: where not, it is not sent again. */
    boolean wants(StartedCall call);

    /** A call went on record. */
    void ended(ToolCallRequest call, CallOutcome outcome);

    /** A call without an answer is sent once more. */
    void sentAgain(StartedCall call);

    /**
     * Writes what follows from all that was told, and adds to what is said.
     *
     * @return calls started by that, to be sent when the transaction has committed
     */
    List<StartedCall> finish(Claimed claimed, List<AuditEvent> said);
  }

  /**
   * What went on record.
   *
   * @param status {@code succeeded}, {@code failed} or {@code unknown}
   */
  record CallOutcome(
      ToolCallId id,
      ToolCallStatus status,
      @Nullable JsonNode output,
      @Nullable ErrorDetail error) {}

  /** Owns nothing. */
  CallOwner NOBODY =
      (_, _) ->
          new Hold() {
            @Override
            public boolean has(StartedCall call) {
              return true;
            }

            @Override
            public boolean wants(StartedCall call) {
              return true;
            }

            @Override
            public void ended(ToolCallRequest call, CallOutcome outcome) {}

            @Override
            public void sentAgain(StartedCall call) {}

            @Override
            public List<StartedCall> finish(Claimed claimed, List<AuditEvent> said) {
              return List.of();
            }
          };
}
