package dev.syris.task.engine;

import dev.syris.contracts.id.IdSource;
import dev.syris.platform.outbox.Outbox;
import dev.syris.task.call.CallStarter;
import dev.syris.task.call.GateParts;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the parts of the engine share.
 *
 * @param random evenly drawn from [0, 1)
 */
record EngineParts(
    JdbcClient jdbc,
    TransactionTemplate transaction,
    Outbox outbox,
    CallStarter starter,
    InstantSource clock,
    IdSource ids,
    DoubleSupplier random,
    GateParts gate) {}
