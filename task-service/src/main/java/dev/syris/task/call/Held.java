package dev.syris.task.call;

import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.tool.ToolCallStatus;
import dev.syris.task.instance.Owner;
import org.jspecify.annotations.Nullable;

/**
 * A row as it stands when an attempt at it has ended.
 *
 * @param currentEpoch of the instance whose attempt it was
 */
record Held(
    ToolCallId id,
    ToolCallStatus status,
    @Nullable String owner,
    long ownerEpoch,
    int attempt,
    long currentEpoch) {

  /** Whether the attempt may still say how it ended. */
  Standing standing(Owner me, int myAttempt) {
    boolean mine = me.instance().equals(owner) && me.epoch() == ownerEpoch && attempt == myAttempt;
    if (mine && status != ToolCallStatus.STARTED) {
      return Standing.RECORDED;
    }
    return mine && currentEpoch == me.epoch() ? Standing.OPEN : Standing.TAKEN;
  }

  /** What an ended attempt finds. */
  enum Standing {
    /** Nobody else has touched it. */
    OPEN,
    /**
     * It was recorded before, by this very attempt: the commit went through, its confirmation did
     * not.
     */
    RECORDED,
    /** Another attempt or another process has it. */
    TAKEN
  }
}
