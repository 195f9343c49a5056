package dev.syris.gateway.ledger.sink;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Asks the broker what became of the topics. A consumer is not told when a topic is made anew under
 * its name.
 */
final class TopicStates {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Admin admin;

  TopicStates(Admin admin) {
    this.admin = admin;
  }

  /** The id of each topic now. */
  Map<String, String> ids() {
    return describe().entrySet().stream()
        .collect(
            Collectors.toMap(Map.Entry::getKey, topic -> topic.getValue().topicId().toString()));
  }

  /** What each topic has now. */
  Map<String, TopicState> all() {
    Map<String, TopicDescription> topics = describe();
    List<TopicPartition> partitions =
        topics.values().stream()
            .flatMap(
                topic ->
                    topic.partitions().stream()
                        .map(p -> new TopicPartition(topic.name(), p.partition())))
            .toList();
    Map<TopicPartition, ListOffsetsResultInfo> earliest =
        offsets(partitions, OffsetSpec.earliest());
    Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(partitions, OffsetSpec.latest());
    var states = new HashMap<String, TopicState>();
    topics.forEach(
        (name, topic) ->
            states.put(name, new TopicState(topic.topicId().toString(), new HashMap<>())));
    for (TopicPartition partition : partitions) {
      Objects.requireNonNull(states.get(partition.topic()))
          .ranges()
          .put(partition.partition(), range(partition, earliest, ends));
    }
    return states;
  }

  private static TopicState.Range range(
      TopicPartition partition,
      Map<TopicPartition, ListOffsetsResultInfo> earliest,
      Map<TopicPartition, ListOffsetsResultInfo> ends) {
    return new TopicState.Range(
        Objects.requireNonNull(earliest.get(partition)).offset(),
        Objects.requireNonNull(ends.get(partition)).offset());
  }

  private Map<String, TopicDescription> describe() {
    return await(admin.describeTopics(Source.topics()).allTopicNames());
  }

  private Map<TopicPartition, ListOffsetsResultInfo> offsets(
      Collection<TopicPartition> partitions, OffsetSpec spec) {
    var asked = partitions.stream().collect(Collectors.toMap(partition -> partition, _ -> spec));
    return await(admin.listOffsets(asked).all());
  }

  private static <T> T await(KafkaFuture<T> future) {
    try {
      return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw new KafkaException(
          "the broker did not say what became of the topics: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new KafkaException("the broker did not answer within " + TIMEOUT.toSeconds() + " s", e);
    }
  }
}
