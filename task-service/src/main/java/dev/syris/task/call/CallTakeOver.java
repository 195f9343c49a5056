package dev.syris.task.call;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.task.instance.Owner;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes over calls another process started and can't end any more: those that may be repeated are,
 * with the same key; the rest is unknown. For the thread that owns what the calls are part of.
 */
public final class CallTakeOver {

  private final Recovery recovery;

  CallTakeOver(Recovery recovery) {
    this.recovery = recovery;
  }

  /**
   * Takes over what the given tasks have under way, in the caller's transaction, which holds them.
   * Says everything in one row of the outbox.
   *
   * @param bindings what ties each to its new owner; null where it is not to be sent again
   * @param said what the trail says before it
   * @return calls to be sent when the transaction has committed
   */
  public List<StartedCall> of(
      Collection<String> tasks,
      Function<ToolCallRequest, @Nullable Binding> bindings,
      CallOwner.Hold hold,
      List<AuditEvent> said,
      Claimed claimed,
      Owner owner) {
    return recovery.takeOver(tasks, bindings, hold, said, claimed, owner);
  }
}
