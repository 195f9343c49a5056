package dev.syris.contracts.event;

import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TraceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one canonical form of every stimulus.
 *
 * @param occurredAt when it happened at the source; {@code ingestedAt} where the source did not say
 * @param ingestedAt append time of the raw record; the only time windows know
 */
@JsonSerialize(using = EventWriter.class)
public record Event(
    EventId eventId,
    int schemaVersion,
    Instant occurredAt,
    Instant ingestedAt,
    Source source,
    Actor actor,
    Content content,
    Locality context,
    Correlation correlation,
    Security security) {

  public static final int SCHEMA_VERSION = 1;

  /** Where it came from. */
  public record Source(
      Channel channel, String connectorId, @Nullable String threadId, @Nullable String messageId) {}

  /** What it says. */
  public record Content(
      @Nullable String text,
      ObjectNode structured,
      List<String> attachmentRefs,
      List<String> links) {}

  /**
   * What it belongs to.
   *
   * @param dedupeKey hash of channel, connector, thread and message id, where there is a message id
   * @param depth 0 for a stimulus from outside, one more than the parent for a child
   */
  public record Correlation(
      TraceId traceId, @Nullable EventId parentEventId, @Nullable String dedupeKey, int depth) {}

  /** How the trail must treat its content. */
  public record Security(Sensitivity sensitivity, String redactionPolicyId) {}

  public TraceId traceId() {
    return correlation.traceId();
  }
}
