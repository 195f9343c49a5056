package dev.syris.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.connector.ConnectorAuth;
import dev.syris.contracts.connector.ConnectorSettings;
import dev.syris.contracts.connector.Via;
import dev.syris.contracts.control.RuleTripped;
import dev.syris.contracts.event.Channel;
import dev.syris.contracts.event.Event;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.routing.RoutingDecision;
import dev.syris.contracts.task.TaskRequest;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.topic.RawEventHeaders;
import dev.syris.contracts.topic.Topic;
import dev.syris.contracts.topic.Topics;
import dev.syris.pipeline.flow.Connectors;
import dev.syris.pipeline.route.Filters;
import dev.syris.pipeline.runtime.PipelineSettings;
import dev.syris.pipeline.runtime.StreamsSettings;
import dev.syris.platform.kafka.KafkaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The topology as a user of it sees it: stimuli go in at a time, what became of them comes out. */
final class PipelineFixture implements AutoCloseable {

  static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
  static final Connectors CONNECTORS =
      new Connectors(
          Map.of(
              "garage",
                  connector(null, Set.of(Via.HTTP, Via.KAFKA), List.of("door", "timer"), true),
              "mail", connector(Channel.EMAIL, Set.of(Via.KAFKA), List.of("status"), true),
              "quiet", connector(null, Set.of(Via.HTTP), List.of("timer"), false)));

  private final Path state = temporary();
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> inbox;
  private final TestInputTopic<byte[], byte[]> rawEvents;
  private final TestInputTopic<byte[], byte[]> rules;
  private final TestInputTopic<byte[], byte[]> settingRecords;
  private Instant now = START;
  private int sent;

  PipelineFixture() {
    var settings =
        new PipelineTopology.Settings(
            CONNECTORS, new Filters(3, Set.of("spammer")), ZoneId.of("Europe/Berlin"));
    var config =
        StreamsSettings.of(
            new KafkaSettings("nowhere:1", "", ""),
            new PipelineSettings("0", 1, Duration.ofMillis(20), Duration.ofMillis(10), 3, Set.of()),
            state);
    driver = new TopologyTestDriver(new PipelineTopology(settings).get(), config, START);
    inbox = input(Topics.INBOX);
    rawEvents = input(Topics.RAW_EVENT);
    rules = input(Topics.CONTROL_RULE);
    settingRecords = input(Topics.CONTROL_SETTING);
  }

  /** Time passes. */
  PipelineFixture after(Duration duration) {
    now = now.plus(duration);
    return this;
  }

  PipelineFixture inbox(String json) {
    return inbox(json.getBytes(UTF_8), new RecordHeaders());
  }

  PipelineFixture inbox(byte[] value, Headers headers) {
    inbox.pipeInput(new TestRecord<>(null, value, headers, now));
    return this;
  }

  /** A rule is there; what is not given is filled in, single quotes stand for double ones. */
  PipelineFixture rule(String id, int version, String members) {
    ObjectNode rule = Json.object().put("rule_id", id).put("version", version);
    rule.put("name", "rule " + id).put("enabled", true).put("priority", 0);
    rule.set("conditions", json("{'field':'content.text','op':'exists'}"));
    rule.set("actions", json("[{'type':'call_tool','tool':'noop','action':'run'}]"));
    json(members).properties().forEach(member -> rule.set(member.getKey(), member.getValue()));
    return ruleRecord(id, Json.bytes(rule));
  }

  /** A record on the rules' topic, whatever it is. */
  PipelineFixture ruleRecord(String id, byte[] value) {
    rules.pipeInput(new TestRecord<>(id.getBytes(UTF_8), value, new RecordHeaders(), now));
    return this;
  }

  PipelineFixture setting(String name, int version, String value) {
    ObjectNode setting = Json.object().put("name", name).put("version", version);
    setting.set("value", json(value));
    return settingRecord(name, Json.bytes(setting));
  }

  PipelineFixture settingRecord(String name, byte[] value) {
    settingRecords.pipeInput(
        new TestRecord<>(name.getBytes(UTF_8), value, new RecordHeaders(), now));
    return this;
  }

  static JsonNode json(String json) {
    return Json.mapper().readTree(json.replace('\'', '"'));
  }

  /** A raw event with the stamps of our own services. */
  PipelineFixture raw(String json, String... stamps) {
    return raw(json.getBytes(UTF_8), stamped(stamps));
  }

  PipelineFixture raw(byte[] value, Headers headers) {
    rawEvents.pipeInput(new TestRecord<>("key".getBytes(UTF_8), value, headers, now));
    return this;
  }

  PipelineFixture rawAt(byte[] value, Headers headers, long timestamp) {
    rawEvents.pipeInput(new TestRecord<>(null, value, headers, timestamp));
    return this;
  }

  /** Event and trace id of the n-th {@link #raw}, and what else is named in pairs. */
  Headers stamped(String... stamps) {
    sent++;
    var headers = new RecordHeaders();
    headers.add(RawEventHeaders.EVENT_ID, eventId(sent).toString().getBytes(UTF_8));
    headers.add(RawEventHeaders.TRACE_ID, traceId(sent).toString().getBytes(UTF_8));
    for (int i = 0; i < stamps.length; i += 2) {
      headers.remove(stamps[i]);
      headers.add(stamps[i], stamps[i + 1].getBytes(UTF_8));
    }
    return headers;
  }

  static UUID eventId(int n) {
    return Uuids.named("test-event", Integer.toString(n));
  }

  static UUID traceId(int n) {
    return Uuids.named("test-trace", Integer.toString(n));
  }

  List<TestRecord<String, Event>> events() {
    return read(Topics.EVENT);
  }

  List<TestRecord<String, RoutingDecision>> decisions() {
    return read(Topics.ROUTING_DECISION);
  }

  List<TestRecord<String, ToolCallRequest>> calls() {
    return read(Topics.TOOL_CALL);
  }

  List<TestRecord<String, TaskRequest>> taskRequests() {
    return read(Topics.TASK_REQUEST);
  }

  List<TestRecord<String, RuleTripped>> tripped() {
    return read(Topics.RULE_TRIPPED);
  }

  /** What rules remember, as many entries. */
  long remembered() {
    try (var all = driver.getKeyValueStore("rule-histories").all()) {
      long count = 0;
      for (; all.hasNext(); all.next()) {
        count++;
      }
      return count;
    }
  }

  List<AuditEvent> audits() {
    return read(Topics.AUDIT_EVENT).stream().map(TestRecord::value).toList();
  }

  List<String> auditTypes() {
    return audits().stream().map(AuditEvent::type).toList();
  }

  List<TestRecord<byte[], byte[]>> deadLetters() {
    return driver
        .createOutputTopic(
            Topics.DEAD_LETTER.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  List<TestRecord<String, byte[]>> rawEvents() {
    return read(Topics.RAW_EVENT);
  }

  @Override
  public void close() {
    driver.close();
    try (var files = Files.walk(state)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <V> List<TestRecord<String, V>> read(Topic<String, V> topic) {
    TestOutputTopic<String, V> output =
        driver.createOutputTopic(
            topic.name(), new StringDeserializer(), topic.valueSerde().deserializer());
    return output.readRecordsToList();
  }

  private TestInputTopic<byte[], byte[]> input(Topic<?, ?> topic) {
    return driver.createInputTopic(
        topic.name(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static ConnectorSettings connector(
      Channel channel, Set<Via> via, List<String> scopes, boolean fastPath) {
    return new ConnectorSettings(channel, ConnectorAuth.TOKEN, null, via, scopes, fastPath);
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("syris-pipeline-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
