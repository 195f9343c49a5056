package dev.syris.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** One way to make and use a broker in these tests. */
final class KafkaFixture {

  static final Map<String, String> USERS = Map.of("admin", "adm\"in\\", "task", "task");

  private KafkaFixture() {}

  static EmbeddedKafkaSettings settings(Path folder) {
    List<Integer> ports = FreePorts.find(2);
    return new EmbeddedKafkaSettings(folder, ports.getFirst(), ports.getLast(), USERS);
  }

  static Map<String, Object> open(String bootstrapServers) {
    return new HashMap<>(
        Map.of(
            "bootstrap.servers", bootstrapServers,
            "max.block.ms", 2_000,
            "default.api.timeout.ms", 10_000,
            "request.timeout.ms", 5_000));
  }

  static Map<String, Object> login(String bootstrapServers, String user, String password) {
    var config = open(bootstrapServers);
    config.put("security.protocol", "SASL_PLAINTEXT");
    config.put("sasl.mechanism", "PLAIN");
    config.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(user, password.replace("\\", "\\\\").replace("\"", "\\\"")));
    return config;
  }

  static Map<String, Object> admin(EmbeddedKafka kafka) {
    return login(kafka.bootstrapServers(), "admin", USERS.get("admin"));
  }

  static void createTopic(EmbeddedKafka kafka, String name, Map<String, String> config) {
    try (var admin = Admin.create(admin(kafka))) {
      admin.createTopics(List.of(new NewTopic(name, 1, (short) 1).configs(config))).all().get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  static void write(EmbeddedKafka kafka, String topic, String value) {
    try (var producer = producer(admin(kafka))) {
      producer.send(new ProducerRecord<>(topic, value)).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  static void writeInTransaction(EmbeddedKafka kafka, String topic, String value) {
    var config = admin(kafka);
    config.put("transactional.id", "test");
    try (var producer = producer(config)) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, value));
      producer.commitTransaction();
    }
  }

  static KafkaProducer<String, String> producer(Map<String, Object> config) {
    config.put("max.request.size", 4 * 1024 * 1024 + 4096);
    return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
  }

  /**
   * Everything on the one partition of the topic, once it is committed. A commit is acknowledged
   * before its marker is written, so the end is the end of the log, not that of what is committed
   * right now.
   */
  static List<String> read(EmbeddedKafka kafka, String topic) {
    var config = admin(kafka);
    config.put("isolation.level", "read_committed");
    config.put("auto.offset.reset", "earliest");
    config.put("max.partition.fetch.bytes", 8 * 1024 * 1024);
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      var partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      long end = endOfLog(kafka, partition);
      var values = new ArrayList<String>();
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
      }
      return values;
    }
  }

  private static long endOfLog(EmbeddedKafka kafka, TopicPartition partition) {
    try (var admin = Admin.create(admin(kafka))) {
      return admin
          .listOffsets(Map.of(partition, OffsetSpec.latest()))
          .partitionResult(partition)
          .get()
          .offset();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
