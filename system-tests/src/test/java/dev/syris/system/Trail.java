package dev.syris.system;

import dev.syris.contracts.json.Json;
import dev.syris.testkit.TestBackends;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tools.jackson.databind.JsonNode;

/** The audit topic as its readers have it: committed records, those with a known id dropped. */
record Trail(Collection<JsonNode> records, int repeated) {

  private static final TopicPartition AUDIT = new TopicPartition("syris.audit.event", 0);

  /** All that is in the topic now. */
  static Trail read() {
    var config = new HashMap<String, Object>(TestBackends.kafka().consumerConfig("trail"));
    Map<String, JsonNode> records = new HashMap<>();
    int repeated = 0;
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(AUDIT));
      consumer.seekToBeginning(List.of(AUDIT));
      long end = consumer.endOffsets(List.of(AUDIT)).get(AUDIT);
      while (consumer.position(AUDIT) < end) {
        for (var entry : consumer.poll(Duration.ofSeconds(1))) {
          JsonNode event = Json.mapper().readTree(entry.value());
          repeated += records.put(event.path("audit_id").asString(), event) == null ? 0 : 1;
        }
      }
    }
    return new Trail(records.values(), repeated);
  }

  List<JsonNode> of(String type) {
    return records.stream().filter(event -> event.path("type").asString().equals(type)).toList();
  }

  /** Ids a type was said of, and how often. */
  Map<String, Long> counted(String type, String ref) {
    return of(type).stream()
        .map(event -> event.path("refs").path(ref).asString(""))
        .collect(Collectors.groupingBy(id -> id, Collectors.counting()));
  }

  /** Ids a type was said of. */
  Set<String> refs(String type, String ref) {
    return counted(type, ref).keySet();
  }
}
