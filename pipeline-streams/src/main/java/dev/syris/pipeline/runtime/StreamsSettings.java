package dev.syris.pipeline.runtime;

import static org.apache.kafka.clients.CommonClientConfigs.METADATA_MAX_AGE_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.consumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.globalConsumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.mainConsumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.producerPrefix;

import dev.syris.contracts.topic.Topic;
import dev.syris.platform.kafka.KafkaSettings;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;

/** Kafka Streams as the pipeline needs it: exactly once, quick to commit, small. */
public final class StreamsSettings {

  /** Names the group, the transactions and the internal topics; never changes. */
  public static final String APPLICATION_ID = "syris-pipeline";

  private StreamsSettings() {}

  /**
   * The properties.
   *
   * @param stateDir in the data folder: it holds the process id that transactional ids are made
   *     from, so that a restarted instance ends its own open transaction at once
   */
  public static Properties of(KafkaSettings kafka, PipelineSettings pipeline, Path stateDir) {
    var config = new Properties();
    config.putAll(kafka.clientConfig());
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID);
    config.put(StreamsConfig.CLIENT_ID_CONFIG, APPLICATION_ID);
    config.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    config.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, pipeline.threads());
    config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, pipeline.commitInterval().toMillis());
    config.put(StreamsConfig.POLL_MS_CONFIG, pipeline.poll().toMillis());
    config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SmallRocks.class);
    config.put(StreamsConfig.LOG_SUMMARY_INTERVAL_MS_CONFIG, -1L);
    handlers(config);
    consumer(config, pipeline);
    producer(config);
    return config;
  }

  /**
   * A record that can't be produced fails the transaction, and those behind it are read again: to
   * go on would commit a hole. Sizes are checked before anything is sent, so no record can fail for
   * good there.
   */
  private static void handlers(Properties config) {
    config.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
    config.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
    config.put(
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
        DefaultProductionExceptionHandler.class);
  }

  private static void consumer(Properties config, PipelineSettings pipeline) {
    config.put(
        consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
        APPLICATION_ID + "-" + pipeline.instance());
    config.put(
        consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), Topic.MAX_MESSAGE_BYTES);
    config.put(consumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG), 4 * Topic.MAX_MESSAGE_BYTES);
    config.put(mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 1000);
    config.put(mainConsumerPrefix(METADATA_MAX_AGE_CONFIG), 60_000);
    // Closing waits for the fetch under way, and rules and settings hardly ever change.
    config.put(globalConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), 200);
  }

  /**
   * A commit sends what lingers, so five milliseconds of it cost less than one in latency; without
   * any, every record that finds the producer idle is a request of its own, and a busy topology
   * spends half its time on requests. The broker says "not yet" while it writes the markers of the
   * last commit, which takes milliseconds: the default asks again after a hundred, and waits twice
   * as long each time. A match is read, and its transaction begun, as soon as the markers of its
   * own partition are written, so a rule's call would be the one that waits.
   */
  private static void producer(Properties config) {
    config.put(producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
    config.put(producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 10);
    config.put(producerPrefix(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG), 10);
    config.put(producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 * 1024);
    config.put(producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), Topic.MAX_MESSAGE_BYTES);
  }
}
