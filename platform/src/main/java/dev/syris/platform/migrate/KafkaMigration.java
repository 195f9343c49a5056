package dev.syris.platform.migrate;

import dev.syris.contracts.topic.Topic;
import dev.syris.contracts.topic.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;

/** Brings a broker to what the catalogue and the access table say. Safe to repeat. */
public final class KafkaMigration {

  private static final short REPLICATION = 1;
  private static final long TIMEOUT_SECONDS = 30;
  private static final long ASK_EVERY_MILLIS = 20;

  private final Admin admin;

  public KafkaMigration(Admin admin) {
    this.admin = admin;
  }

  /**
   * Creates what is missing, brings settings up to date, and takes away access that is no longer in
   * the table.
   *
   * @throws IllegalStateException where a topic has another number of partitions than the
   *     catalogue: keys would move
   */
  public void migrate() {
    createTopics();
    alignAccess();
  }

  private void createTopics() {
    var existing = await(admin.listTopics().names());
    var missing = new ArrayList<NewTopic>();
    var present = new ArrayList<Topic<?, ?>>();
    for (Topic<?, ?> topic : Topics.ALL) {
      if (existing.contains(topic.name())) {
        present.add(topic);
      } else {
        missing.add(
            new NewTopic(topic.name(), topic.partitions(), REPLICATION)
                .configs(topic.configuration()));
      }
    }
    await(admin.createTopics(missing).all());
    if (!present.isEmpty()) {
      checkPartitions(present);
      alignSettings(present);
    }
  }

  private void checkPartitions(Collection<Topic<?, ?>> topics) {
    Map<String, TopicDescription> found =
        await(admin.describeTopics(topics.stream().map(Topic::name).toList()).allTopicNames());
    for (Topic<?, ?> topic : topics) {
      int partitions = Objects.requireNonNull(found.get(topic.name())).partitions().size();
      if (partitions != topic.partitions()) {
        throw new IllegalStateException(
            "topic %s has %d partitions, the catalogue says %d; they never change under a state store"
                .formatted(topic.name(), partitions, topic.partitions()));
      }
    }
  }

  private void alignSettings(Collection<Topic<?, ?>> topics) {
    var changes = new HashMap<ConfigResource, Collection<AlterConfigOp>>();
    for (Topic<?, ?> topic : topics) {
      var ops = new ArrayList<AlterConfigOp>();
      topic
          .configuration()
          .forEach(
              (key, value) ->
                  ops.add(
                      new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET)));
      changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), ops);
    }
    await(admin.incrementalAlterConfigs(changes).all());
  }

  private void alignAccess() {
    Collection<AclBinding> existing = await(admin.describeAcls(AclBindingFilter.ANY).values());
    var missing = new ArrayList<>(KafkaAccess.TABLE);
    missing.removeAll(existing);
    if (!missing.isEmpty()) {
      await(admin.createAcls(missing).all());
      awaitAccess();
    }
    var stale =
        existing.stream()
            .filter(acl -> !KafkaAccess.TABLE.contains(acl))
            .map(AclBinding::toFilter)
            .toList();
    if (!stale.isEmpty()) {
      await(admin.deleteAcls(stale).all());
    }
  }

  /**
   * The controller answers when it has written the list; the broker refuses until it has read it.
   * Who describes asks the broker.
   */
  private void awaitAccess() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    while (!await(admin.describeAcls(AclBindingFilter.ANY).values())
        .containsAll(KafkaAccess.TABLE)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "the broker did not take up the access list within " + TIMEOUT_SECONDS + " s");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ASK_EVERY_MILLIS));
    }
  }

  private static <T> T await(KafkaFuture<T> future) {
    try {
      return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while preparing the broker", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "the broker refused to be prepared: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "the broker did not answer within " + TIMEOUT_SECONDS + " s", e);
    }
  }
}
