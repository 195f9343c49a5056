package dev.syris.task.watch;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.AuditEventBuilder;
import dev.syris.contracts.audit.AuditType;
import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.event.Channel;
import dev.syris.contracts.event.RawEvent;
import dev.syris.contracts.event.RawEventReader;
import dev.syris.contracts.event.RawEventReading;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.id.TraceParent;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.topic.RawEventHeaders;
import dev.syris.contracts.topic.Topics;
import dev.syris.platform.outbox.OutboxRecord;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** What is said of a watcher's turn: ids are made from it. Pure. */
final class WatcherWords {

  static final int MAX_BYTES = 262_144;

  private WatcherWords() {}

  static TraceId trace(WatcherRow row) {
    return new TraceId(Uuids.named("watcher-turn", row.id(), Long.toString(row.claim())));
  }

  static AuditEvent ticked(WatcherRow row, Tick tick, Instant now) {
    return start(AuditType.WATCHER_TICK, row, now)
        .details(Json.object().put("watcher_id", row.id()).put("outcome", tick.outcome()))
        .say("The watcher \"%s\": %s".formatted(row.id(), tick.summary()));
  }

  static AuditEvent failed(WatcherRow row, ErrorDetail error, Instant next, Instant now) {
    ObjectNode details =
        Json.object()
            .put("watcher_id", row.id())
            .put("consecutive_errors", row.consecutiveErrors() + 1)
            .put("next_tick_at", InstantCodec.format(next));
    details.putObject("error").put("code", error.code()).put("message", error.message());
    return start(AuditType.WATCHER_ERROR, row, now)
        .details(details)
        .say("The watcher \"%s\" could not look: %s".formatted(row.id(), error.message()));
  }

  static AuditEvent suppressed(WatcherRow row, int events, Instant now) {
    return start(AuditType.WATCHER_SUPPRESSED, row, now)
        .details(
            Json.object()
                .put("watcher_id", row.id())
                .put("reason", "throttle")
                .put("events", events))
        .say(
            "%d events of the watcher \"%s\" were not sent: its last is too young"
                .formatted(events, row.id()));
  }

  /** An event of the turn, for the pipeline. */
  static OutboxRecord event(WatcherRow row, Tick.Observation seen, int index, Instant now) {
    String claim = Long.toString(row.claim());
    var eventId =
        new EventId(Uuids.named("watcher-event", row.id(), claim, Integer.toString(index)));
    TraceId trace = trace(row);
    ObjectNode event = body(row.id(), row.id() + "@" + claim + "." + index, seen);
    event.put("occurred_at", InstantCodec.format(now));
    return OutboxRecord.of(
            Topics.RAW_EVENT, RawEvent.orderingKey(row.id(), null), Json.bytes(event))
        .withHeader(RawEventHeaders.EVENT_ID, eventId.toString())
        .withHeader(RawEventHeaders.TRACE_ID, trace.toString())
        .withHeader(RawEventHeaders.GRANT, RawEventHeaders.GRANT_CONNECTOR)
        .withHeader(TraceParent.HEADER, TraceParent.format(trace, eventId.value()));
  }

  /** Whether the pipeline would take it. */
  static boolean isEvent(Tick.Observation seen) {
    byte[] bytes = Json.bytes(body("watcher", "1", seen));
    return bytes.length <= MAX_BYTES
        && RawEventReader.read(bytes) instanceof RawEventReading.Accepted;
  }

  private static ObjectNode body(String connector, String message, Tick.Observation seen) {
    ObjectNode event =
        Json.object()
            .put("channel", Channel.WATCHER.wire())
            .put("connector_id", connector)
            .put("message_id", message)
            .put("text", seen.text());
    event.set("structured", seen.structured());
    return event;
  }

  private static AuditEventBuilder start(AuditType type, WatcherRow row, Instant now) {
    var id = new AuditId(Uuids.named("audit", type.wire(), row.id(), Long.toString(row.claim())));
    return AuditEvent.of(type, id, trace(row), now)
        .actor(AuditActor.watcher(row.id()))
        .refs(Refs.NONE.with("watcher_id", row.id()));
  }
}
