package dev.syris.task.call;

import dev.syris.platform.outbox.Outbox;
import dev.syris.task.tool.ToolRegistry;
import java.time.InstantSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What the parts of the runtime share. */
public record RuntimeParts(
    JdbcClient jdbc,
    TransactionTemplate transaction,
    Outbox outbox,
    ToolRegistry registry,
    InstantSource clock,
    GateParts gate,
    UnknownOutcomes unknown) {}
