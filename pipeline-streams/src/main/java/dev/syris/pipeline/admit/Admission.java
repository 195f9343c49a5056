package dev.syris.pipeline.admit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.syris.contracts.connector.ConnectorSettings;
import dev.syris.contracts.connector.Via;
import dev.syris.contracts.event.RawEvent;
import dev.syris.contracts.event.RawEventReader;
import dev.syris.contracts.event.RawEventReading;
import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.topic.Headers;
import dev.syris.contracts.topic.RawEventHeaders;
import dev.syris.contracts.topic.Topics;
import dev.syris.pipeline.flow.Connectors;
import dev.syris.pipeline.flow.DeadLetters;
import dev.syris.pipeline.flow.Output;
import dev.syris.pipeline.flow.Rejection;
import dev.syris.pipeline.flow.SourceRecord;
import dev.syris.pipeline.flow.Traces;
import java.util.List;

/**
 * Decides about one record of the public inbox: a raw event with ids made from where it lies, under
 * its ordering key whatever partitioner the producer used, or a dead letter. Of the producer's
 * headers only {@code traceparent} is heard. Pure.
 */
final class Admission {

  private static final String WRONG_CHANNEL = "event.wrong_channel";

  private final Connectors connectors;

  Admission(Connectors connectors) {
    this.connectors = connectors;
  }

  List<Output> admit(SourceRecord record) {
    return switch (RawEventReader.readPublic(record.value())) {
      case RawEventReading.Rejected rejected -> DeadLetters.of(record, Rejection.of(rejected));
      case RawEventReading.Accepted(RawEvent event) -> admit(record, event);
    };
  }

  private List<Output> admit(SourceRecord record, RawEvent event) {
    ConnectorSettings settings = connectors.settings(event.connectorId());
    boolean proven = settings.via().contains(Via.KAFKA);
    if (proven && settings.channel() != null && settings.channel() != event.channel()) {
      return DeadLetters.of(
          record,
          new Rejection(
              WRONG_CHANNEL,
              "connector %s speaks on channel %s only, not on %s"
                  .formatted(
                      event.connectorId(), settings.channel().wire(), event.channel().wire())));
    }
    return List.of(rawEvent(record, event, proven));
  }

  private static Output rawEvent(SourceRecord record, RawEvent event, boolean proven) {
    EventId id =
        new EventId(
            Uuids.named(
                "inbox",
                Integer.toString(record.partition()),
                Long.toString(record.offset()),
                Long.toString(record.timestamp())));
    TraceId trace =
        Traces.given(record)
            .orElseGet(() -> event.traceId() == null ? Traces.derived(record) : event.traceId());
    var headers = Traces.headers(trace, id.value());
    Headers.put(headers, RawEventHeaders.EVENT_ID, id.toString());
    Headers.put(headers, RawEventHeaders.TRACE_ID, trace.toString());
    if (proven) {
      Headers.put(headers, RawEventHeaders.GRANT, RawEventHeaders.GRANT_CONNECTOR);
    }
    byte[] key = event.orderingKey().getBytes(UTF_8);
    return new Output(
        Topics.RAW_EVENT, key, record.value() == null ? new byte[0] : record.value(), headers);
  }
}
