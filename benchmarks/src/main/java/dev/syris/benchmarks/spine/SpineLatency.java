package dev.syris.benchmarks.spine;

import dev.syris.benchmarks.CpuUse;
import dev.syris.benchmarks.rule.ManyRules;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.Topics;
import dev.syris.pipeline.runtime.PipelineSettings;
import dev.syris.platform.kafka.KafkaSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import tools.jackson.databind.JsonNode;

/**
 * From the send of a raw event to its tool call read committed, open loop at 50 a second, and what
 * the pipeline and the broker use when nothing comes in. For choosing settings; see {@link Setup}
 * for what can be set. System properties: {@code seconds} (20), {@code rate} (50), {@code rules}
 * (0): where there are some, one of them hears of every event, and it is its call that is measured.
 */
public final class SpineLatency {

  private static final int WARM_UP = 500;
  private static final int RULES = Integer.getInteger("rules", 0);
  private static final String THING = "light.kitchen";

  private SpineLatency() {}

  public static void main(String[] args) throws InterruptedException {
    int rate = Integer.getInteger("rate", 50);
    int events = rate * Integer.getInteger("seconds", 20) + WARM_UP;
    PipelineSettings settings = Setup.pipeline();
    try (Broker broker = Broker.start()) {
      KafkaSettings kafka = broker.settings();
      SpineWithRules.publish(kafka, ManyRules.about(THING, RULES), true);
      var streams =
          new KafkaStreams(
              Setup.topology().get(), Setup.streams(kafka, settings, broker.folder("streams")));
      streams.start();
      while (streams.state() != KafkaStreams.State.RUNNING) {
        Thread.sleep(20);
      }
      try (var calls =
          new KafkaConsumer<>(
              kafka.consumerConfig("calls"),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer())) {
        List<TopicPartition> partitions =
            calls.partitionsFor(Topics.TOOL_CALL.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        calls.assign(partitions);
        calls.seekToBeginning(partitions);
        double[] millis = measure(kafka, calls, rate, events);
        System.out.printf(
            Locale.ROOT,
            "commit %s poll %s, %d rules: p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, max %.1f ms%n",
            settings.commitInterval(),
            settings.poll(),
            RULES,
            millis[millis.length / 2],
            millis[millis.length * 9 / 10],
            millis[millis.length * 99 / 100],
            millis[millis.length - 1]);
      }
      idle();
      streams.close(CloseOptions.timeout(Duration.ofSeconds(5)));
    }
  }

  /** Sends at fixed times, whatever comes back; sorted latencies without those of the warm-up. */
  private static double[] measure(
      KafkaSettings kafka, KafkaConsumer<byte[], byte[]> calls, int rate, int events) {
    var sentAt = new AtomicLongArray(events);
    Thread sender = Thread.ofPlatform().start(() -> send(kafka, rate, events, sentAt));
    Map<String, Integer> numbers = Preload.numbers(events);
    double[] millis = new double[events];
    int seen = 0;
    while (seen < events && (sender.isAlive() || seen > 0)) {
      for (ConsumerRecord<byte[], byte[]> record : calls.poll(Duration.ofMillis(100))) {
        long now = System.nanoTime();
        JsonNode call = Json.mapper().readTree(record.value());
        Integer n = numbers.get(call.path("event_id").asString());
        if (n != null && isMeasured(call)) {
          millis[n] = (now - sentAt.get(n)) / 1e6;
          seen++;
        }
      }
    }
    double[] measured = Arrays.copyOfRange(millis, WARM_UP, events);
    Arrays.sort(measured);
    return measured;
  }

  private static boolean isMeasured(JsonNode call) {
    return call.at("/requested_by/type").asString().equals(RULES > 0 ? "rule" : "connector");
  }

  private static void send(KafkaSettings kafka, int rate, int events, AtomicLongArray sentAt) {
    try (var producer =
        new KafkaProducer<>(
            kafka.producerConfig("sender"), new StringSerializer(), new ByteArraySerializer())) {
      long start = System.nanoTime();
      for (int i = 0; i < events; i++) {
        long due = start + i * 1_000_000_000L / rate;
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        sentAt.set(i, due);
        producer.send(Preload.record(i));
      }
    }
  }

  private static void idle() throws InterruptedException {
    Duration span = Duration.ofSeconds(10);
    CpuUse before = CpuUse.now();
    Thread.sleep(span.toMillis());
    System.out.println(
        "idle, % of a core by thread: " + CpuUse.now().perThing(before, span.toMillis() * 10));
  }
}
