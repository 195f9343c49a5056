package dev.syris.ingest.log;

import dev.syris.contracts.id.TraceParent;
import dev.syris.contracts.topic.Headers;
import dev.syris.contracts.topic.RawEventHeaders;
import dev.syris.contracts.topic.Topics;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One raw event, ready to be written.
 *
 * @param bytes exactly as they came; never changed
 * @param orderingKey what shares it stays in order
 * @param granted whether the door proved that it comes from its connector
 * @param ids given before anything is written, so that a repeat repeats them
 */
public record StampedEvent(byte[] bytes, String orderingKey, boolean granted, Receipt ids) {

  ProducerRecord<String, byte[]> toRecord() {
    var message = new ProducerRecord<>(Topics.RAW_EVENT.name(), orderingKey, bytes);
    var headers = message.headers();
    Headers.put(headers, RawEventHeaders.EVENT_ID, ids.eventId().toString());
    Headers.put(headers, RawEventHeaders.TRACE_ID, ids.traceId().toString());
    Headers.put(
        headers, TraceParent.HEADER, TraceParent.format(ids.traceId(), ids.eventId().value()));
    if (granted) {
      Headers.put(headers, RawEventHeaders.GRANT, RawEventHeaders.GRANT_CONNECTOR);
    }
    return message;
  }
}
