package dev.syris.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka clients as an outside program has them. */
final class KafkaClients {

  static final String INBOX = "syris.ingest.inbox";

  private KafkaClients() {}

  /** With the credentials the operator hands out. */
  static KafkaProducer<byte[], byte[]> producer(SyrisProcess syris) throws IOException {
    return producer(syris.file("producer.properties"));
  }

  /** With the credentials of one of the parts inside, as somebody who broke in would have them. */
  static Properties as(SyrisProcess syris, String principal) throws IOException {
    Properties properties = syris.file("producer.properties");
    String password = syris.file("credentials.properties").getProperty("kafka." + principal);
    properties.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(principal, password));
    return properties;
  }

  static KafkaProducer<byte[], byte[]> producer(Properties properties) {
    properties.put("max.block.ms", "10000");
    properties.put("delivery.timeout.ms", "10000");
    properties.put("request.timeout.ms", "5000");
    properties.put("max.request.size", Integer.toString(4 << 20));
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  static ProducerRecord<byte[], byte[]> toInbox(String value) {
    return new ProducerRecord<>(INBOX, value.getBytes(StandardCharsets.UTF_8));
  }
}
