package dev.syris.task.support;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.topic.Topics;
import dev.syris.testkit.TestBackends;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes requests, reads what was said. */
public final class Topic implements AutoCloseable {

  private final KafkaProducer<byte[], byte[]> producer =
      new KafkaProducer<>(
          TestBackends.kafka().producerConfig("test"),
          new ByteArraySerializer(),
          new ByteArraySerializer());
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();

  /** Reads one topic from its end on. */
  public Topic(String topic) {
    consumer =
        new KafkaConsumer<>(
            TestBackends.kafka().consumerConfig("test"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    var partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  public static Topic audit() {
    return new Topic(Topics.AUDIT_EVENT.name());
  }

  public void send(ToolCallRequest... requests) {
    for (ToolCallRequest request : requests) {
      send(request.traceId().toString().getBytes(), Json.bytes(request));
    }
    producer.flush();
  }

  public void send(byte[] key, byte[] value) {
    producer.send(new ProducerRecord<>(Topics.TOOL_CALL.name(), key, value));
  }

  public void send(ProducerRecord<byte[], byte[]> words) {
    try {
      producer.send(words).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All that was said since the beginning of this. */
  public List<ConsumerRecord<byte[], byte[]>> seen() {
    consumer.poll(Duration.ofMillis(20)).forEach(seen::add);
    return List.copyOf(seen);
  }

  /** Audit records of one trace, in order. */
  public List<AuditEvent> audits(TraceId trace) {
    return seen().stream()
        .map(words -> Json.read(words.value(), AuditEvent.class))
        .filter(event -> event.traceId().equals(trace))
        .toList();
  }

  public List<String> types(TraceId trace) {
    return audits(trace).stream().map(AuditEvent::type).toList();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
    consumer.close();
  }
}
