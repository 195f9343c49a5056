package dev.syris.benchmarks.spine;

import dev.syris.contracts.topic.Topic;
import dev.syris.contracts.topic.Topics;
import dev.syris.platform.kafka.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How large the real outputs are, so that the comparison writes as much. */
final class OutputSizes {

  private static final int SAMPLE = 1000;

  private OutputSizes() {}

  static Map<String, Integer> measure(KafkaSettings kafka) {
    var sizes = new HashMap<String, Integer>();
    for (Topic<?, ?> topic :
        List.of(Topics.EVENT, Topics.ROUTING_DECISION, Topics.TOOL_CALL, Topics.AUDIT_EVENT)) {
      sizes.put(topic.name(), average(kafka, topic));
    }
    return sizes;
  }

  private static int average(KafkaSettings kafka, Topic<?, ?> topic) {
    try (var consumer =
        new KafkaConsumer<>(
            kafka.consumerConfig("sizes"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long bytes = 0;
      long records = 0;
      while (records < SAMPLE) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          bytes += record.serializedValueSize();
          records++;
        }
      }
      return (int) (bytes / records);
    }
  }
}
