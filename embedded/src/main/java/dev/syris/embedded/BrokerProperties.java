package dev.syris.embedded;

import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * What the embedded broker is told: closed to strangers, small, quick to start again, quiet when
 * idle.
 */
final class BrokerProperties {

  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private static final String CLIENT_LISTENER = "CLIENT";
  private static final String LOOPBACK = "127.0.0.1";
  static final int NODE_ID = 1;
  private static final int MEBIBYTE = 1024 * 1024;

  /** A value of 4 MiB with its key, headers and batch header. */
  private static final int MAX_BATCH_BYTES = 4 * MEBIBYTE + 64 * 1024;

  private BrokerProperties() {}

  static Properties of(EmbeddedKafkaSettings settings) {
    var properties = new Properties();
    properties.putAll(identity(settings));
    properties.putAll(access(settings));
    properties.putAll(durability());
    properties.putAll(limits());
    properties.putAll(oneNode());
    properties.putAll(quickRestart());
    properties.putAll(small());
    return properties;
  }

  private static Map<String, String> identity(EmbeddedKafkaSettings settings) {
    String client = CLIENT_LISTENER + "://" + LOOPBACK + ":" + settings.port();
    String controller = CONTROLLER_LISTENER + "://" + LOOPBACK + ":" + settings.controllerPort();
    return Map.ofEntries(
        Map.entry("process.roles", "broker,controller"),
        Map.entry("node.id", Integer.toString(NODE_ID)),
        Map.entry("log.dirs", settings.data().toString()),
        Map.entry("listeners", client + "," + controller),
        Map.entry("advertised.listeners", client + "," + controller),
        Map.entry("controller.listener.names", CONTROLLER_LISTENER),
        Map.entry("inter.broker.listener.name", CLIENT_LISTENER),
        Map.entry(
            "controller.quorum.voters",
            NODE_ID + "@" + LOOPBACK + ":" + settings.controllerPort()));
  }

  private static Map<String, String> access(EmbeddedKafkaSettings settings) {
    String prefix = "listener.name.";
    return Map.ofEntries(
        Map.entry(
            "listener.security.protocol.map",
            CLIENT_LISTENER + ":SASL_PLAINTEXT," + CONTROLLER_LISTENER + ":SASL_PLAINTEXT"),
        Map.entry("sasl.mechanism.inter.broker.protocol", "PLAIN"),
        Map.entry("sasl.mechanism.controller.protocol", "PLAIN"),
        Map.entry("sasl.enabled.mechanisms", "PLAIN"),
        Map.entry(prefix + "client.plain.sasl.jaas.config", login(settings, settings.users())),
        Map.entry(
            prefix + "controller.plain.sasl.jaas.config",
            login(settings, Map.of(EmbeddedKafkaSettings.ADMIN, settings.adminPassword()))),
        Map.entry(
            "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
        Map.entry("super.users", "User:" + EmbeddedKafkaSettings.ADMIN),
        Map.entry("allow.everyone.if.no.acl.found", "false"),
        Map.entry("auto.create.topics.enable", "false"));
  }

  /**
   * Acknowledged is in the page cache: safe from a killed process. The flush bounds what a power
   * cut can take.
   */
  private static Map<String, String> durability() {
    return Map.of(
        "log.flush.interval.ms", "1000",
        // The default is never, and then flush.ms of a topic is never looked at.
        "log.flush.scheduler.interval.ms", "1000",
        "unclean.leader.election.enable", "false");
  }

  private static Map<String, String> limits() {
    return Map.of(
        "message.max.bytes", Integer.toString(MAX_BATCH_BYTES),
        "replica.fetch.max.bytes", Integer.toString(MAX_BATCH_BYTES),
        "replica.fetch.response.max.bytes", Integer.toString(2 * MAX_BATCH_BYTES),
        "offsets.load.buffer.size", Integer.toString(MAX_BATCH_BYTES),
        "transaction.state.log.load.buffer.size", Integer.toString(MAX_BATCH_BYTES),
        "socket.request.max.bytes", Integer.toString(16 * MEBIBYTE),
        "log.segment.bytes", Integer.toString(32 * MEBIBYTE),
        "log.index.size.max.bytes", Integer.toString(MEBIBYTE));
  }

  private static Map<String, String> oneNode() {
    return Map.ofEntries(
        Map.entry("default.replication.factor", "1"),
        Map.entry("min.insync.replicas", "1"),
        Map.entry("offsets.topic.replication.factor", "1"),
        Map.entry("offsets.topic.num.partitions", "2"),
        Map.entry("transaction.state.log.replication.factor", "1"),
        Map.entry("transaction.state.log.min.isr", "1"),
        Map.entry("transaction.state.log.num.partitions", "2"),
        // A transaction that begins while the markers of the last one are written waits this long;
        // the default of 20 ms is for markers that cross a network.
        Map.entry("add.partitions.to.txn.retry.backoff.ms", "2"),
        Map.entry("share.coordinator.state.topic.replication.factor", "1"),
        Map.entry("share.coordinator.state.topic.min.isr", "1"),
        Map.entry("share.coordinator.state.topic.num.partitions", "1"));
  }

  private static Map<String, String> quickRestart() {
    return Map.of(
        "controlled.shutdown.enable", "true",
        "broker.session.timeout.ms", "2000",
        "broker.heartbeat.interval.ms", "750",
        "group.initial.rebalance.delay.ms", "0",
        "num.recovery.threads.per.data.dir", "2");
  }

  private static Map<String, String> small() {
    return Map.ofEntries(
        Map.entry("num.network.threads", "1"),
        Map.entry("num.io.threads", "2"),
        Map.entry("background.threads", "1"),
        Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(8 * MEBIBYTE)),
        Map.entry("group.coordinator.threads", "1"),
        Map.entry("share.coordinator.threads", "1"),
        Map.entry("remote.log.manager.thread.pool.size", "1"),
        Map.entry("metric.reporters", ""),
        // Nobody here uses share groups; the default keeps a thread waiting for them.
        Map.entry(
            "group.share.persister.class.name",
            "org.apache.kafka.server.share.persister.NoOpStatePersister"),
        // With one replica the log's end is the mark; no need to write it down every five seconds.
        Map.entry("replica.high.watermark.checkpoint.interval.ms", "60000"),
        // Two records a second that say nothing, for quorums of more than one.
        Map.entry("metadata.max.idle.interval.ms", "0"));
  }

  private static String login(EmbeddedKafkaSettings settings, Map<String, String> users) {
    String accepted =
        users.entrySet().stream()
            .map(user -> " user_%s=%s".formatted(user.getKey(), quoted(user.getValue())))
            .sorted()
            .collect(Collectors.joining());
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=%s password=%s%s;"
        .formatted(quoted(EmbeddedKafkaSettings.ADMIN), quoted(settings.adminPassword()), accepted);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
