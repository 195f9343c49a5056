package dev.syris.ingest.log;

import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TraceId;

/** What a producer gets for a raw event: the ids under which it is found again. */
public record Receipt(EventId eventId, TraceId traceId) {}
