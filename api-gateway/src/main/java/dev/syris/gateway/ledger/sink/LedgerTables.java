package dev.syris.gateway.ledger.sink;

import dev.syris.gateway.ledger.artifact.DeadLetterTable;
import dev.syris.gateway.ledger.chain.AuditTable;
import dev.syris.gateway.ledger.chain.ChainTable;
import dev.syris.gateway.ledger.records.DecisionTable;
import dev.syris.gateway.ledger.records.EventTable;
import dev.syris.gateway.ledger.records.RuleStatTable;
import dev.syris.gateway.ledger.records.TraceTable;

/** All a batch is written to. */
record LedgerTables(
    ChainTable chain,
    AuditTable audits,
    EventTable events,
    DecisionTable decisions,
    TraceTable traces,
    RuleStatTable ruleStats,
    DeadLetterTable deadLetters,
    PositionTable positions,
    GapTable gaps) {}
