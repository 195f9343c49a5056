package dev.syris.gateway.ledger.artifact;

import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.TraceId;

/** What became of the wish to drive a dead letter once more. */
public sealed interface Redriven {

  /** It goes out when the caller's transaction commits. */
  record Accepted(TraceId traceId, AuditId auditId, String topic) implements Redriven {}

  /** There is no such dead letter. */
  record Unknown() implements Redriven {}

  /** It lay on a topic only its own service may write, or is too large. */
  record Refused(String reason) implements Redriven {}
}
