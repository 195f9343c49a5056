package dev.syris.pipeline.dedupe;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.AuditType;
import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.event.Event;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.Topics;
import dev.syris.pipeline.flow.Arrival;
import dev.syris.pipeline.flow.Output;
import dev.syris.pipeline.flow.Step;
import dev.syris.pipeline.flow.Traces;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The step that lets a message through once in 24 hours. It only looks; a message counts as seen
 * when it has been decided on, so that one that became a dead letter can be sent again.
 */
public final class DropRepeats extends Step<Arrival> {

  private final String store;
  private final String next;
  private @Nullable RecentMessages recent;

  private DropRepeats(String store, String next, Map<String, String> sinks) {
    super(sinks);
    this.store = store;
    this.next = next;
  }

  public static ProcessorSupplier<byte[], Arrival, byte[], Object> supplier(
      String store, String next, Map<String, String> sinks) {
    return () -> new DropRepeats(store, next, sinks);
  }

  @Override
  public void init(ProcessorContext<byte[], Object> context) {
    super.init(context);
    recent = new RecentMessages(context.getStateStore(store));
  }

  @Override
  public void process(Record<byte[], Arrival> record) {
    Arrival arrival = record.value();
    FirstSeen first = recent().find(arrival);
    if (first == null) {
      pass(next, record.key(), arrival, record.timestamp(), record.headers());
    } else {
      write(decided(arrival.source(), () -> List.of(deduped(arrival, first))), record.timestamp());
    }
  }

  /**
   * Told in the repeat's own trace; the place of the repeat makes the id, for a relay may repeat
   * the event id too.
   */
  static Output deduped(Arrival repeat, FirstSeen first) {
    Event event = repeat.event();
    var id = new AuditId(repeat.source().named("audit:" + AuditType.EVENT_DEDUPED.wire()));
    AuditEvent audit =
        AuditEvent.of(AuditType.EVENT_DEDUPED, id, event.traceId(), event.ingestedAt())
            .actor(AuditActor.system("pipeline"))
            .refs(Refs.event(first.eventId()).with("repeat_event_id", event.eventId()))
            .connector(event.source().connectorId())
            .details(
                Json.object().put("first_seen_at", Instant.ofEpochMilli(first.at()).toString()))
            .say(
                "A repeat of a message from %s first seen as event %s was dropped"
                    .formatted(event.source().connectorId(), first.eventId()));
    return Output.of(
        Topics.AUDIT_EVENT,
        event.traceId().toString(),
        audit,
        Traces.headers(event.traceId(), event.eventId().value()));
  }

  private RecentMessages recent() {
    if (recent == null) {
      throw new IllegalStateException("not initialized");
    }
    return recent;
  }
}
