package dev.syris.task.schedule;

import dev.syris.contracts.id.TraceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a schedule's row moves on.
 *
 * @param ran when it was run; null where it was not
 * @param trace of that run
 */
record Move(
    String id,
    @Nullable Instant next,
    @Nullable Instant held,
    @Nullable Instant ran,
    @Nullable TraceId trace,
    long fired,
    long missed,
    long skipped) {}
