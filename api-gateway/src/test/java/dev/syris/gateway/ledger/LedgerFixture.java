package dev.syris.gateway.ledger;

import static org.awaitility.Awaitility.await;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.AuditEventBuilder;
import dev.syris.contracts.audit.AuditType;
import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.Topic;
import dev.syris.contracts.topic.Topics;
import dev.syris.gateway.ledger.artifact.Artifacts;
import dev.syris.gateway.ledger.artifact.DeadLetterTable;
import dev.syris.gateway.ledger.artifact.Redaction;
import dev.syris.gateway.ledger.bulk.BulkInsert;
import dev.syris.gateway.ledger.chain.AuditVerifier;
import dev.syris.gateway.ledger.chain.Verification;
import dev.syris.gateway.ledger.segment.SegmentSettings;
import dev.syris.gateway.ledger.sink.LedgerParts;
import dev.syris.gateway.ledger.sink.LedgerSink;
import dev.syris.platform.migrate.KafkaMigration;
import dev.syris.platform.postgres.PostgresSettings;
import dev.syris.platform.seal.Sealer;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A database of its own, the shared broker, and as many sinks as a test wants. The ledger starts at
 * the ends of the topics, so that what other tests said is not its business.
 */
public final class LedgerFixture implements AutoCloseable {

  static final List<Topic<?, ?>> TOPICS =
      List.of(Topics.AUDIT_EVENT, Topics.EVENT, Topics.ROUTING_DECISION, Topics.DEAD_LETTER);
  static final Duration SOON = Duration.ofSeconds(30);
  static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  final TestDatabase database = TestBackends.freshDatabase();
  final JdbcClient owner = JdbcClient.create(plain(database.owner()));
  final JdbcClient superuser = JdbcClient.create(plain(database.superuser()));
  final Admin admin = Admin.create(TestBackends.kafka().clientConfig());
  final Sealer sealer = new Sealer("key", KEY);
  private final List<AutoCloseable> open = new ArrayList<>();
  final DataSource ledger = connections(Duration.ofSeconds(10));
  final AuditVerifier verifier = new AuditVerifier(ledger);
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  SegmentSettings segments =
      new SegmentSettings(1_000_000, Duration.ofDays(31), Duration.ofDays(400));

  private KafkaProducer<byte[], byte[]> producer;

  LedgerFixture() {
    this.producer = newProducer();
    startAtTheEnds();
  }

  private KafkaProducer<byte[], byte[]> newProducer() {
    return new KafkaProducer<>(
        TestBackends.kafka().producerConfig("test-ledger-" + UUID.randomUUID()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  static DataSource plain(PostgresSettings who) {
    return new DriverManagerDataSource(who.url(), who.username(), who.password());
  }

  DataSource connections(Duration idleTransaction) {
    var settings = database.as("syris_ledger");
    var properties =
        new LedgerProperties(
            settings.url(),
            settings.username(),
            settings.password(),
            1_000_000,
            Duration.ofDays(31));
    var connections = new LedgerDatabase(properties, idleTransaction);
    open.add(connections);
    return connections.dataSource();
  }

  Artifacts artifacts() {
    var template = new JdbcTemplate(ledger);
    return new Artifacts(
        JdbcClient.create(template), new BulkInsert(template), sealer, Redaction.NONE);
  }

  DeadLetterTable deadLetters(DataSource connections) {
    var template = new JdbcTemplate(connections);
    var bulk = new BulkInsert(template);
    var artifacts = new Artifacts(JdbcClient.create(template), bulk, sealer, Redaction.NONE);
    return new DeadLetterTable(JdbcClient.create(template), bulk, artifacts, sealer);
  }

  LedgerParts parts(DataSource connections) {
    return LedgerParts.of(
        connections, deadLetters(connections), segments, meters, InstantSource.system());
  }

  LedgerSink start() {
    return start(parts(ledger));
  }

  LedgerSink start(LedgerParts parts) {
    LedgerSink sink = parts.sink(TestBackends.kafka("gateway"));
    sink.start();
    open.add(sink::stop);
    return sink;
  }

  // --- what is on the topics

  void startAtTheEnds() {
    for (Topic<?, ?> topic : TOPICS) {
      String topicId = topicId(topic);
      for (int partition = 0; partition < topic.partitions(); partition++) {
        position(topic, partition, topicId, end(topic, partition));
      }
    }
  }

  void position(Topic<?, ?> topic, int partition, String topicId, long offset) {
    superuser
        .sql(
            """
            insert into ledger.topic_position (topic, partition, topic_id, next_offset) values (:t, :p, :i, :o)
            on conflict (topic, partition) do update set next_offset = :o, topic_id = :i, leader_epoch = null
            """)
        .param("t", topic.name())
        .param("p", partition)
        .param("i", topicId)
        .param("o", offset)
        .update();
  }

  String topicId(Topic<?, ?> topic) {
    return get(admin.describeTopics(List.of(topic.name())).allTopicNames())
        .get(topic.name())
        .topicId()
        .toString();
  }

  long end(Topic<?, ?> topic, int partition) {
    var tp = new TopicPartition(topic.name(), partition);
    return get(admin.listOffsets(Map.of(tp, OffsetSpec.latest())).all()).get(tp).offset();
  }

  RecordMetadata send(ProducerRecord<byte[], byte[]> words) {
    try {
      return producer.send(words).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  RecordMetadata send(Topic<?, ?> topic, byte[] value) {
    return send(new ProducerRecord<>(topic.name(), new byte[] {1}, value));
  }

  RecordMetadata audit(AuditEvent event) {
    return send(Topics.AUDIT_EVENT, Json.bytes(event));
  }

  List<UUID> audits(int count) {
    var ids = new ArrayList<UUID>();
    for (int i = 0; i < count; i++) {
      AuditEvent event = someAudit();
      producer.send(
          new ProducerRecord<>(Topics.AUDIT_EVENT.name(), new byte[] {1}, Json.bytes(event)));
      ids.add(event.auditId().value());
    }
    producer.flush();
    return ids;
  }

  static AuditEvent someAudit() {
    return audit(UnaryOperator.identity());
  }

  static AuditEvent audit(UnaryOperator<AuditEventBuilder> with) {
    var builder =
        AuditEvent.of(
                AuditType.TOOL_CALL_SUCCEEDED,
                new AuditId(UUID.randomUUID()),
                new TraceId(UUID.randomUUID()),
                Instant.now())
            .refs(Refs.event(new EventId(UUID.randomUUID())).with("task_id", UUID.randomUUID()))
            .tool("timer", "set")
            .connector("kitchen");
    return with.apply(builder).say("A timer was set \u2013 \ud83c\udf75");
  }

  void recreate(Topic<?, ?> topic) {
    String before = topicId(topic);
    get(admin.deleteTopics(List.of(topic.name())).all());
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptions()
        .until(
            () -> {
              var again =
                  new NewTopic(topic.name(), topic.partitions(), (short) 1)
                      .configs(topic.configuration());
              get(admin.createTopics(List.of(again)).all());
              return true;
            });
    await().atMost(SOON).ignoreExceptions().until(() -> !topicId(topic).equals(before));
    new KafkaMigration(admin).migrate();
    producer.close(Duration.ZERO);
    producer = newProducer();
  }

  static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  // --- what is in the ledger

  List<UUID> auditIds() {
    return owner
        .sql("select audit_id from ledger.audit_event order by sequence")
        .query(UUID.class)
        .list();
  }

  long count(String table) {
    return owner.sql("select count(*) from " + table).query(Long.class).single();
  }

  void awaitAudits(int count) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> count("ledger.audit_event") >= count);
  }

  List<String> types() {
    return owner
        .sql("select type from ledger.audit_event order by sequence")
        .query(String.class)
        .list();
  }

  Verification verify() {
    return verifier.verify();
  }

  /**
   * As owner, with the triggers out of the way: what somebody with the keys to the database could
   * do.
   */
  void tamper(String... statements) {
    owner.sql("alter table ledger.audit_event disable trigger all").update();
    Arrays.stream(statements).forEach(sql -> owner.sql(sql).update());
    owner.sql("alter table ledger.audit_event enable always trigger refuse_change").update();
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
    producer.close(Duration.ZERO);
    admin.close(Duration.ZERO);
  }
}
