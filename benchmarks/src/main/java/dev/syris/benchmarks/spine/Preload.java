package dev.syris.benchmarks.spine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.syris.contracts.event.RawEvent;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.id.TraceParent;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.topic.Headers;
import dev.syris.contracts.topic.RawEventHeaders;
import dev.syris.contracts.topic.Topics;
import dev.syris.platform.kafka.KafkaSettings;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Raw events of 1 KB, each a command with a message id, from fifty connectors. */
final class Preload {

  private static final int BYTES = 1024;
  private static final int CONNECTORS = 50;

  private Preload() {}

  static void write(KafkaSettings kafka, int events) {
    var config = kafka.producerConfig("preload");
    config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
    try (var producer =
        new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < events; i++) {
        producer.send(record(i));
      }
    }
  }

  /** Which raw event an event id is of. */
  static Map<String, Integer> numbers(int events) {
    return IntStream.range(0, events)
        .boxed()
        .collect(Collectors.toMap(i -> eventId(i).toString(), i -> i));
  }

  private static UUID eventId(int i) {
    return Uuids.named("benchmark-event", Integer.toString(i));
  }

  static ProducerRecord<String, byte[]> record(int i) {
    String connector = "connector-" + i % CONNECTORS;
    String start =
        """
        {"channel":"mqtt","connector_id":"%s","message_id":"message-%d","occurred_at":"2026-11-23T10:00:00.000Z",\
        "actor":{"type":"user","id":"ann"},"text":"set a timer for %d minutes called %d",\
        "structured":{"entity":"light.kitchen","state":"on","brightness":127,"color":[255,180,1.5],"attributes":{\
        "friendly_name":"Kitchen","area":"ground floor"},"note":\""""
            .formatted(connector, i, 1 + i % 60, i);
    String end = "\"}}";
    byte[] json = (start + "x".repeat(BYTES - start.length() - end.length()) + end).getBytes(UTF_8);
    return new ProducerRecord<>(
        Topics.RAW_EVENT.name(), null, RawEvent.orderingKey(connector, null), json, stamps(i));
  }

  private static RecordHeaders stamps(int i) {
    UUID event = eventId(i);
    var trace = new TraceId(Uuids.named("benchmark-trace", Integer.toString(i)));
    var headers = new RecordHeaders();
    Headers.put(headers, TraceParent.HEADER, TraceParent.format(trace, event));
    Headers.put(headers, RawEventHeaders.EVENT_ID, event.toString());
    Headers.put(headers, RawEventHeaders.TRACE_ID, trace.toString());
    return headers;
  }
}
