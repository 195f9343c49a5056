package dev.syris.contracts.control;

import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TraceId;
import java.time.Instant;

/**
 * A rule went over its limit. Until it is there in another version, it does not fire again.
 *
 * @param version the version that went over it
 * @param trippedAt append time of the event that was one too many
 * @param traceId the trace of that event
 */
public record RuleTripped(
    String ruleId,
    long version,
    String name,
    int maxPerMinute,
    Instant trippedAt,
    TraceId traceId,
    EventId eventId) {}
