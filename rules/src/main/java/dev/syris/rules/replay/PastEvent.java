package dev.syris.rules.replay;

import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TraceId;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * An event of the past.
 *
 * @param event the canonical event as JSON
 * @param ingestedAt its append time
 */
public record PastEvent(JsonNode event, EventId eventId, TraceId traceId, Instant ingestedAt) {}
