package dev.syris.pipeline.normalize;

import dev.syris.contracts.event.Actor;
import dev.syris.contracts.event.ActorType;
import dev.syris.contracts.event.Event;
import dev.syris.contracts.event.Locality;
import dev.syris.contracts.event.RawEvent;
import dev.syris.contracts.event.RawEventReader;
import dev.syris.contracts.event.RawEventReading;
import dev.syris.contracts.event.Sensitivity;
import dev.syris.contracts.json.Json;
import dev.syris.pipeline.dedupe.MessageKey;
import dev.syris.pipeline.flow.Arrival;
import dev.syris.pipeline.flow.Rejection;
import dev.syris.pipeline.flow.SourceRecord;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RawEvent and headers to Event, with every default filled in. Pure. */
final class Normalizer {

  private static final String UNDETERMINED = "und";
  private static final String DEFAULT_REDACTION = "default";

  private final String timezone;

  /**
   * @param timezone where an actor is taken to be whose zone the source does not know
   */
  Normalizer(ZoneId timezone) {
    this.timezone = timezone.getId();
  }

  Normalization normalize(SourceRecord source) {
    return switch (RawEventReader.read(source.value())) {
      case RawEventReading.Rejected rejected -> new Normalization.Refused(Rejection.of(rejected));
      case RawEventReading.Accepted(RawEvent raw) -> normalize(source, raw);
    };
  }

  private Normalization normalize(SourceRecord source, RawEvent raw) {
    try {
      Stamps stamps = Stamps.of(source.headers());
      return new Normalization.Canonical(
          new Arrival(
              event(raw, stamps, source.appendedAt()), stamps.proven(), stamps.chain(), source));
    } catch (Stamps.BadStampException e) {
      return new Normalization.Refused(new Rejection(Rejection.BAD_HEADER, e.getMessage()));
    }
  }

  private Event event(RawEvent raw, Stamps stamps, Instant ingestedAt) {
    return new Event(
        stamps.eventId(),
        Event.SCHEMA_VERSION,
        raw.occurredAt() == null ? ingestedAt : raw.occurredAt(),
        ingestedAt,
        new Event.Source(raw.channel(), raw.connectorId(), raw.threadId(), raw.messageId()),
        raw.actor() == null ? new Actor(ActorType.INTEGRATION, raw.connectorId()) : raw.actor(),
        new Event.Content(
            raw.text(),
            raw.structured() == null ? Json.object() : raw.structured(),
            List.of(),
            Links.in(raw.text())),
        locality(raw.context()),
        new Event.Correlation(
            stamps.traceId(), stamps.parent(), MessageKey.dedupeKey(raw), stamps.depth()),
        new Event.Security(
            raw.sensitivity() == null ? Sensitivity.LOW : raw.sensitivity(), DEFAULT_REDACTION));
  }

  private Locality locality(@Nullable Locality given) {
    Locality known = given == null ? Locality.UNKNOWN : given;
    return new Locality(
        known.timezone() == null ? timezone : known.timezone(),
        known.locale() == null ? UNDETERMINED : known.locale(),
        known.deviceId());
  }
}
