package dev.syris.contracts.topic;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.control.RuleTripped;
import dev.syris.contracts.event.Event;
import dev.syris.contracts.routing.RoutingDecision;
import dev.syris.contracts.task.TaskRequest;
import dev.syris.contracts.tool.ToolCallRequest;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** The catalogue. What is not here is not a topic of ours. */
public final class Topics {

  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Serde<String> TEXT = Serdes.String();
  private static final Serde<byte[]> BYTES = Serdes.ByteArray();

  /** The public door for Kafka producers: a RawEvent, or anything at all. */
  public static final Topic<byte[], byte[]> INBOX =
      new Topic<>("syris.ingest.inbox", BYTES, BYTES, 4, WEEK, true);

  /**
   * RawEvent bytes as they came, ids in headers ({@link RawEventHeaders}); our own services only.
   * Key: ordering key.
   */
  public static final Topic<String, byte[]> RAW_EVENT =
      new Topic<>("syris.ingest.raw-event", TEXT, BYTES, 4, WEEK, true);

  /** Key: ordering key. */
  public static final Topic<String, Event> EVENT =
      new Topic<>("syris.pipeline.event", TEXT, JsonSerde.of(Event.class), 4, WEEK, true);

  /** Key: ordering key. */
  public static final Topic<String, RoutingDecision> ROUTING_DECISION =
      new Topic<>(
          "syris.pipeline.routing-decision",
          TEXT,
          JsonSerde.of(RoutingDecision.class),
          4,
          WEEK,
          true);

  /** Key: trace id. */
  public static final Topic<String, ToolCallRequest> TOOL_CALL =
      new Topic<>("syris.tool.call", TEXT, JsonSerde.of(ToolCallRequest.class), 4, WEEK, true);

  /** Key: trace id. */
  public static final Topic<String, TaskRequest> TASK_REQUEST =
      new Topic<>("syris.task.request", TEXT, JsonSerde.of(TaskRequest.class), 4, WEEK, true);

  /** Key: trace id. One partition: the chain has one order. */
  public static final Topic<String, AuditEvent> AUDIT_EVENT =
      new Topic<>("syris.audit.event", TEXT, JsonSerde.of(AuditEvent.class), 1, MONTH, true);

  /** The bytes as they came, cause in headers ({@link DeadLetterHeaders}). */
  public static final Topic<byte[], byte[]> DEAD_LETTER =
      new Topic<>("syris.pipeline.dead-letter", BYTES, BYTES, 1, MONTH, true);

  /**
   * The events that met a rule's conditions, each with the rule as it was then, on their way to
   * what is remembered of it. Key: rule id, so that all of a rule is in one place.
   */
  public static final Topic<String, byte[]> RULE_MATCH =
      new Topic<>("syris.pipeline.rule-match", TEXT, BYTES, 4, WEEK, true);

  /** Key: rule id. */
  public static final Topic<String, RuleTripped> RULE_TRIPPED =
      new Topic<>(
          "syris.pipeline.rule-tripped", TEXT, JsonSerde.of(RuleTripped.class), 1, WEEK, true);

  /** The rules there are, as JSON. Key: rule id; a tombstone deletes. */
  public static final Topic<String, byte[]> CONTROL_RULE =
      new Topic<>("syris.control.rule", TEXT, BYTES, 1, null, true);

  /**
   * The settings there are, as {@link dev.syris.contracts.control.Setting}. Key: name; a tombstone
   * deletes.
   */
  public static final Topic<String, byte[]> CONTROL_SETTING =
      new Topic<>("syris.control.setting", TEXT, BYTES, 1, null, true);

  public static final List<Topic<?, ?>> ALL =
      List.of(
          INBOX,
          RAW_EVENT,
          EVENT,
          ROUTING_DECISION,
          TOOL_CALL,
          TASK_REQUEST,
          AUDIT_EVENT,
          DEAD_LETTER,
          RULE_MATCH,
          RULE_TRIPPED,
          CONTROL_RULE,
          CONTROL_SETTING);

  private Topics() {}
}
