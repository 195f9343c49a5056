package dev.syris.ingest.log;

import dev.syris.contracts.topic.Topics;
import dev.syris.platform.health.HealthProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * Whether the broker answers and every partition of raw events has a leader that could take a
 * record.
 */
final class KafkaProbe implements HealthProbe, AutoCloseable {

  static final Duration TIMEOUT = Duration.ofMillis(900);

  private final Admin admin;

  KafkaProbe(Admin admin) {
    this.admin = admin;
  }

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public Result check() {
    String topic = Topics.RAW_EVENT.name();
    try {
      TopicDescription found =
          Objects.requireNonNull(admin.describeTopics(List.of(topic)).topicNameValues().get(topic))
              .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      long leaderless =
          found.partitions().stream().filter(partition -> partition.leader() == null).count();
      return leaderless == 0
          ? Result.up(Map.of("topic", topic, "partitions", found.partitions().size()))
          : Result.down(leaderless + " partitions of " + topic + " have no leader");
    } catch (ExecutionException e) {
      return Result.down(Failures.reason(e.getCause() == null ? e : e.getCause()));
    } catch (TimeoutException _) {
      return Result.down("the broker did not answer in time");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Result.down("interrupted");
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
