package dev.syris.benchmarks.spine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.syris.benchmarks.Comparison;
import dev.syris.benchmarks.rule.ManyRules;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.Topics;
import dev.syris.platform.kafka.KafkaSettings;
import dev.syris.rules.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The spine with many rules, which none of the events meets, and without any, turn about on one
 * broker. System properties: {@code rules} (1000), {@code events} (100000), {@code rounds} (3), and
 * those of {@link Setup}.
 */
public final class SpineWithRules {

  private static final String NOWHERE = "light.nowhere";

  private SpineWithRules() {}

  public static void main(String[] args) {
    int count = Integer.getInteger("rules", 1000);
    int events = Integer.getInteger("events", 100_000);
    int rounds = Integer.getInteger("rounds", 3);
    try (Broker broker = Broker.start()) {
      Preload.write(broker.settings(), events);
      var round = new Round(broker.settings(), Setup.pipeline(), events);
      var with = new ArrayList<Double>();
      var without = new ArrayList<Double>();
      List<Rule> rules = ManyRules.about(NOWHERE, count);
      round.run("warm-up", Setup.topology(), broker.folder("warm-up"));
      for (int i = 0; i < rounds; i++) {
        without.add(round.run("without-" + i, Setup.topology(), broker.folder("without-" + i)));
        publish(broker.settings(), rules, true);
        with.add(round.run("with-" + i, Setup.topology(), broker.folder("with-" + i)));
        publish(broker.settings(), rules, false);
      }
      new Comparison("spine with rules", "events/s", count + " rules", with, "no rule", without)
          .print(
              System.out,
              List.of(new Comparison.Target("ratio of the medians", Comparison::ratio, 0.7)));
    }
  }

  static void publish(KafkaSettings kafka, List<Rule> rules, boolean there) {
    try (var producer =
        new KafkaProducer<>(
            kafka.producerConfig("rules"), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Rule rule : rules) {
        producer.send(
            new ProducerRecord<>(
                Topics.CONTROL_RULE.name(),
                rule.ruleId().getBytes(UTF_8),
                there ? Json.bytes(rule.written()) : null));
      }
    }
  }
}
