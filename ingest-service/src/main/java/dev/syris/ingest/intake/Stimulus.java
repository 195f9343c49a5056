package dev.syris.ingest.intake;

import dev.syris.contracts.id.TraceId;
import org.jspecify.annotations.Nullable;

/**
 * One raw event a door has let in.
 *
 * @param bytes exactly as they will be written
 * @param granted whether the door proved that it comes from its connector
 * @param trace the trace it joins; a new one where null
 */
public record Stimulus(
    byte[] bytes, String orderingKey, boolean granted, @Nullable TraceId trace) {}
