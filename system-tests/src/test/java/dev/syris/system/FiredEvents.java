package dev.syris.system;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.RawEventHeaders;
import dev.syris.contracts.topic.Topics;
import dev.syris.testkit.TestBackends;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tools.jackson.databind.JsonNode;

/** What schedules said to the pipeline, as its readers have it: those with a known id dropped. */
record FiredEvents(Map<String, JsonNode> byId) {

  /** All that is in the topic now. */
  static FiredEvents read() {
    var byId = new HashMap<String, JsonNode>();
    try (var consumer =
        new KafkaConsumer<>(
            new HashMap<>(TestBackends.kafka().consumerConfig("fired-events")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.RAW_EVENT.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> words : consumer.poll(Duration.ofSeconds(1))) {
          byId.put(eventId(words), Json.mapper().readTree(words.value()));
        }
      }
    }
    return new FiredEvents(byId);
  }

  private static String eventId(ConsumerRecord<byte[], byte[]> words) {
    return new String(
        words.headers().lastHeader(RawEventHeaders.EVENT_ID).value(), StandardCharsets.UTF_8);
  }

  /** The slots a schedule spoke for, as often as it did. */
  List<Instant> slots(String schedule) {
    return byId.values().stream()
        .filter(event -> schedule.equals(event.path("connector_id").asString()))
        .map(event -> Instant.parse(event.at("/structured/schedule/scheduled_for").asString()))
        .sorted()
        .toList();
  }
}
