package dev.syris.task.timer;

import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TraceId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A timer that fires now. */
record DueTimer(
    UUID timerId,
    TraceId traceId,
    @Nullable EventId parentEventId,
    int depth,
    @Nullable String label,
    long seconds,
    Instant dueAt) {}
