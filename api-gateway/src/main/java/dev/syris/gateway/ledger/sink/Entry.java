package dev.syris.gateway.ledger.sink;

import dev.syris.gateway.ledger.artifact.DeadLetter;
import dev.syris.gateway.ledger.chain.AuditRecord;
import dev.syris.gateway.ledger.records.DecisionRow;
import dev.syris.gateway.ledger.records.EventRow;

/** What a record becomes in the ledger. */
sealed interface Entry {

  record OfAudit(AuditRecord audit) implements Entry {}

  record OfEvent(EventRow event) implements Entry {}

  record OfDecision(DecisionRow decision) implements Entry {}

  record OfDeadLetter(DeadLetter letter) implements Entry {}
}
