package dev.syris.task.timer;

import dev.syris.contracts.event.Channel;
import dev.syris.contracts.event.RawEvent;
import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TraceParent;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.RawEventHeaders;
import dev.syris.contracts.topic.Topics;
import dev.syris.platform.outbox.OutboxRecord;
import tools.jackson.databind.node.ObjectNode;

/** What a timer says when it fires. Pure. */
final class TimerEvents {

  static final String CONNECTOR = "timer";

  private TimerEvents() {}

  /** A child of the event that set it, in the same trace; its id is made from the timer's. */
  static OutboxRecord of(DueTimer timer) {
    String timerId = timer.timerId().toString();
    var eventId = new EventId(Uuids.named("timer-fired", timerId));
    ObjectNode structured = Json.object().put("timer_id", timerId);
    if (timer.label() != null) {
      structured.put("label", timer.label());
    }
    structured.put("seconds", timer.seconds()).put("due_at", InstantCodec.format(timer.dueAt()));
    ObjectNode event =
        Json.object()
            .put("channel", Channel.SCHEDULER.wire())
            .put("connector_id", CONNECTOR)
            .put("message_id", timerId)
            .put("occurred_at", InstantCodec.format(timer.dueAt()))
            .put("text", text(timer));
    event.set("structured", structured);
    OutboxRecord said =
        OutboxRecord.of(Topics.RAW_EVENT, RawEvent.orderingKey(CONNECTOR, null), Json.bytes(event))
            .withHeader(RawEventHeaders.EVENT_ID, eventId.toString())
            .withHeader(RawEventHeaders.TRACE_ID, timer.traceId().toString())
            .withHeader(RawEventHeaders.DEPTH, Integer.toString(timer.depth() + 1))
            .withHeader(TraceParent.HEADER, TraceParent.format(timer.traceId(), eventId.value()));
    return timer.parentEventId() == null
        ? said
        : said.withHeader(RawEventHeaders.PARENT_EVENT_ID, timer.parentEventId().toString());
  }

  private static String text(DueTimer timer) {
    return timer.label() == null
        ? "The time of %s is up".formatted(Spans.words(timer.seconds()))
        : timer.label();
  }
}
