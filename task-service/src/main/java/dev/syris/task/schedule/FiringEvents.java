package dev.syris.task.schedule;

import dev.syris.contracts.event.Channel;
import dev.syris.contracts.event.RawEvent;
import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.id.TraceParent;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.RawEventHeaders;
import dev.syris.contracts.topic.Topics;
import dev.syris.platform.outbox.OutboxRecord;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a schedule says when it is run. Pure. */
final class FiringEvents {

  private FiringEvents() {}

  /** Made from the schedule and the slot, so that a repeat has the same. */
  static EventId eventId(Scheduled schedule, Instant slot) {
    return new EventId(Uuids.named("schedule-fired", schedule.id(), InstantCodec.format(slot)));
  }

  /** The trace of the cause, else one of this run. */
  static TraceId trace(Scheduled schedule, Instant slot) {
    return schedule.cause() == null
        ? new TraceId(Uuids.named("schedule-trace", schedule.id(), InstantCodec.format(slot)))
        : schedule.cause().trace();
  }

  /** The event, for the pipeline, which knows it for the schedule's own. */
  static OutboxRecord of(Scheduled schedule, Instant slot) {
    EventId eventId = eventId(schedule, slot);
    TraceId trace = trace(schedule, slot);
    boolean own = schedule.kind() == Scheduled.Kind.SCHEDULE;
    String connector = own ? schedule.id() : schedule.kind().name().toLowerCase(Locale.ROOT);
    String message = own ? schedule.id() + "@" + InstantCodec.format(slot) : schedule.id();
    ObjectNode event = body(connector, message, schedule.plan().payload());
    event.put("occurred_at", InstantCodec.format(slot));
    if (own) {
      event
          .withObject("/structured")
          .putObject("schedule")
          .put("schedule_id", schedule.id())
          .put("name", schedule.plan().name())
          .put("scheduled_for", InstantCodec.format(slot));
    }
    OutboxRecord said =
        OutboxRecord.of(Topics.RAW_EVENT, RawEvent.orderingKey(connector, null), Json.bytes(event))
            .withHeader(RawEventHeaders.EVENT_ID, eventId.toString())
            .withHeader(RawEventHeaders.TRACE_ID, trace.toString())
            .withHeader(TraceParent.HEADER, TraceParent.format(trace, eventId.value()));
    OutboxRecord granted =
        own ? said.withHeader(RawEventHeaders.GRANT, RawEventHeaders.GRANT_CONNECTOR) : said;
    return caused(granted, schedule.cause());
  }

  private static OutboxRecord caused(OutboxRecord said, @Nullable Cause cause) {
    if (cause == null) {
      return said;
    }
    OutboxRecord deeper =
        said.withHeader(RawEventHeaders.DEPTH, Integer.toString(cause.depth() + 1));
    return cause.event() == null
        ? deeper
        : deeper.withHeader(RawEventHeaders.PARENT_EVENT_ID, cause.event().toString());
  }

  /** A raw event with what a payload says. */
  static ObjectNode body(String connector, String message, ObjectNode payload) {
    ObjectNode event =
        Json.object()
            .put("channel", Channel.SCHEDULER.wire())
            .put("connector_id", connector)
            .put("message_id", message);
    for (String member : payload.propertyNames()) {
      event.set(member, payload.get(member).deepCopy());
    }
    return event;
  }
}
