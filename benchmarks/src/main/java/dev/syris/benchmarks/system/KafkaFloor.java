package dev.syris.benchmarks.system;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The least an exactly-once hop can cost here: one record, one transaction, read when committed,
 * same broker and rate.
 */
final class KafkaFloor {

  private static final String TOPIC = "figures.floor";

  private KafkaFloor() {}

  static Percentiles measure(Program.Running running, Duration length) throws Exception {
    Properties properties = administrator(running);
    try (Admin admin = Admin.create(properties)) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
    int count = Math.toIntExact(length.toMillis() * OpenLoop.PER_SECOND / 1000);
    var latencies = new ArrayList<Double>();
    Thread reader = Thread.ofPlatform().start(() -> read(properties, count, latencies));
    Properties writing = administrator(running);
    writing.put("transactional.id", TOPIC);
    writing.put("linger.ms", "0");
    try (var producer =
        new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      long interval = 1_000_000_000L / OpenLoop.PER_SECOND;
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        long due = start + i * interval;
        long wait = due - System.nanoTime();
        if (wait > 0) {
          Thread.sleep(Duration.ofNanos(wait));
        }
        producer.beginTransaction();
        producer.send(
            new ProducerRecord<>(TOPIC, ByteBuffer.allocate(Long.BYTES).putLong(due).array()));
        producer.commitTransaction();
      }
    }
    reader.join();
    return Percentiles.of(latencies);
  }

  private static void read(Properties properties, int count, List<Double> latencies) {
    var reading = new Properties();
    reading.putAll(properties);
    reading.put("isolation.level", "read_committed");
    reading.put("auto.offset.reset", "earliest");
    try (var consumer =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
      while (latencies.size() < count) {
        for (var found : consumer.poll(Duration.ofSeconds(1))) {
          latencies.add((System.nanoTime() - ByteBuffer.wrap(found.value()).getLong()) / 1e6);
        }
      }
    }
  }

  private static Properties administrator(Program.Running running) throws IOException {
    Properties properties = running.file("producer.properties");
    String password = running.file("credentials.properties").getProperty("kafka.admin");
    properties.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"admin\" password=\"%s\";"
            .formatted(password));
    return properties;
  }
}
