package dev.syris.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.syris.contracts.json.Json;
import dev.syris.pipeline.PipelineTopology;
import dev.syris.pipeline.flow.Connectors;
import dev.syris.pipeline.route.Filters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import tools.jackson.databind.JsonNode;

/** What a running program was told and took, put through the topology alone. */
final class TopologyReplay {

  private static final String RAW_EVENT = "syris.ingest.raw-event";
  private static final String RULE = "syris.control.rule";
  private static final String SETTING = "syris.control.setting";
  private static final String AUDIT = "syris.audit.event";

  private final Properties reader;
  private final Path state;

  /**
   * @param state an empty folder
   */
  TopologyReplay(SyrisProcess syris, Path state) throws IOException {
    this.reader = KafkaClients.as(syris, "pipeline");
    this.state = state;
  }

  /**
   * The decisions about some events, in their order.
   *
   * @param rules as they were first published
   */
  List<Decided> decide(Set<String> rules, Set<String> events) {
    List<ConsumerRecord<byte[], byte[]>> taken =
        read(RAW_EVENT).stream().filter(record -> events.contains(eventId(record))).toList();
    var driver = driver(taken.getFirst().timestamp());
    try (driver) {
      read(SETTING).forEach(record -> pipe(driver, record));
      read(RULE).stream()
          .filter(record -> rules.contains(new String(record.key(), UTF_8)))
          .filter(record -> version(record) == 1)
          .forEach(record -> pipe(driver, record));
      taken.forEach(record -> pipe(driver, record));
      return driver
          .createOutputTopic(AUDIT, new ByteArrayDeserializer(), new ByteArrayDeserializer())
          .readValuesToList()
          .stream()
          .map(Json.mapper()::readTree)
          .filter(audit -> audit.path("stage").asString().equals("rule"))
          .map(Decided::told)
          .toList();
    }
  }

  /** How many partitions the events lie on. */
  long partitions(Set<String> events) {
    return read(RAW_EVENT).stream()
        .filter(record -> events.contains(eventId(record)))
        .map(ConsumerRecord::partition)
        .distinct()
        .count();
  }

  private static String eventId(ConsumerRecord<byte[], byte[]> record) {
    Header id = record.headers().lastHeader("syris-event-id");
    return id == null ? "" : new String(id.value(), UTF_8);
  }

  private static long version(ConsumerRecord<byte[], byte[]> record) {
    JsonNode rule = record.value() == null ? Json.object() : Json.mapper().readTree(record.value());
    return rule.path("version").asLong(0);
  }

  private TopologyTestDriver driver(long start) {
    var config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "replay");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    config.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    var settings =
        new PipelineTopology.Settings(
            new Connectors(Map.of()), new Filters(8, Set.of()), ZoneOffset.UTC);
    return new TopologyTestDriver(
        new PipelineTopology(settings).get(), config, Instant.ofEpochMilli(start));
  }

  private static void pipe(TopologyTestDriver driver, ConsumerRecord<byte[], byte[]> record) {
    driver
        .createInputTopic(record.topic(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(
            new TestRecord<>(
                record.key(),
                record.value(),
                record.headers(),
                Instant.ofEpochMilli(record.timestamp())));
  }

  /** All that is committed on a topic, by append time, partition and offset. */
  private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    var config = new Properties();
    config.putAll(reader);
    config.put("isolation.level", "read_committed");
    var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(it -> consumer.position(it) < ends.get(it))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    records.sort(
        Comparator.<ConsumerRecord<byte[], byte[]>>comparingLong(ConsumerRecord::timestamp)
            .thenComparingInt(ConsumerRecord::partition)
            .thenComparingLong(ConsumerRecord::offset));
    return records;
  }
}
