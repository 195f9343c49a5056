package dev.syris.task.policy;

import dev.syris.contracts.audit.AuditEvent;

/** Who else is told that the policy can't be read; in the transaction that says it. */
@FunctionalInterface
public interface PolicyAlarm {
  void tell(AuditEvent alarm);
}
