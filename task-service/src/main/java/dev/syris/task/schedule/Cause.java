package dev.syris.task.schedule;

import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TraceId;
import org.jspecify.annotations.Nullable;

/**
 * What asked for something to be said later, which then is a child of it.
 *
 * @param depth of that event
 */
public record Cause(TraceId trace, @Nullable EventId event, int depth) {}
