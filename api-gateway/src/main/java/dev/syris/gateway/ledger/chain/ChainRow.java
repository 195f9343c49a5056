package dev.syris.gateway.ledger.chain;

import java.time.Instant;

/** One row of the trail. */
public record ChainRow(
    long sequence, Instant recordedAt, AuditColumns columns, byte[] body, ChainHash hash) {}
