package dev.syris.pipeline;

import dev.syris.contracts.topic.Topic;
import dev.syris.platform.kafka.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What is committed on a topic since this was made. */
final class TopicLog<V> implements AutoCloseable {

  private final KafkaConsumer<String, V> consumer;
  private final List<TopicPartition> partitions;
  private final List<ConsumerRecord<String, V>> records = new ArrayList<>();

  TopicLog(KafkaSettings kafka, Topic<?, V> topic) {
    Map<String, Object> config = kafka.consumerConfig("test-" + topic.name());
    consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), topic.valueSerde().deserializer());
    partitions =
        consumer.partitionsFor(topic.name()).stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  /** All of them so far. */
  List<ConsumerRecord<String, V>> records() {
    Map<TopicPartition, Long> committed = consumer.endOffsets(partitions);
    while (partitions.stream()
        .anyMatch(partition -> consumer.position(partition) < committed.get(partition))) {
      consumer.poll(Duration.ofMillis(100)).forEach(records::add);
    }
    return List.copyOf(records);
  }

  List<V> values() {
    return records().stream().map(ConsumerRecord::value).toList();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
