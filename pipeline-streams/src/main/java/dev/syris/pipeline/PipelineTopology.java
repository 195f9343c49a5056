package dev.syris.pipeline;

import dev.syris.contracts.topic.Topic;
import dev.syris.contracts.topic.Topics;
import dev.syris.pipeline.admit.Admit;
import dev.syris.pipeline.control.KeepBook;
import dev.syris.pipeline.control.RuleBook;
import dev.syris.pipeline.dedupe.DropRepeats;
import dev.syris.pipeline.dedupe.RecentMessages;
import dev.syris.pipeline.flow.Connectors;
import dev.syris.pipeline.normalize.Normalize;
import dev.syris.pipeline.route.Filters;
import dev.syris.pipeline.route.Route;
import dev.syris.pipeline.rule.React;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * The pipeline.
 *
 * <pre>
 * syris.ingest.inbox ─► admit ─► syris.ingest.raw-event
 *                         └────► dead letter, audit
 *
 * syris.ingest.raw-event ─► normalize ─► drop-repeats ─► route ─► event, routing decision, tool call, audit
 *                               └─► dead letter, audit   │  ▲ │
 *                                            audit ◄─────┘  │ └─► syris.pipeline.rule-match
 *                                       recent-message-keys ┘     (by rule id)
 *
 * syris.pipeline.rule-match ─► react ─► raw event, task request, tool call, rule tripped, audit
 *                                ▲
 *                                └─ rule-histories
 *
 * syris.control.rule ─► keep-rules       syris.control.setting ─► keep-settings     (global)
 * </pre>
 *
 * <p>Every source and sink moves bytes, so nothing can fail in a serde; each step decides, in a
 * pure function, before it stores or forwards; outputs are serialized and measured in the step, so
 * that what can't be produced is a dead letter before it is sent. Rules and settings are global
 * tables: their processors take bytes and catch everything, because no handler stands behind a
 * global store. A match goes through a topic of its own to where its rule's history is (decision
 * record 13).
 */
public final class PipelineTopology implements Supplier<Topology> {

  static final String READ_INBOX = "read-inbox";
  static final String ADMIT = "admit";
  static final String READ_RAW_EVENT = "read-raw-event";
  static final String NORMALIZE = "normalize";
  static final String DROP_REPEATS = "drop-repeats";
  static final String ROUTE = "route";
  static final String RECENT_MESSAGE_KEYS = "recent-message-keys";
  static final String READ_RULE_MATCH = "read-rule-match";
  static final String REACT = "react";
  static final String RULE_HISTORIES = "rule-histories";
  static final String READ_RULE = "read-rule";
  static final String KEEP_RULES = "keep-rules";
  static final String RULES = "rules";
  static final String READ_SETTING = "read-setting";
  static final String KEEP_SETTINGS = "keep-settings";
  static final String SETTINGS = "settings";

  /** Sinks by topic. The three parts have their own, else they would become one and share tasks. */
  private static final Map<String, String> ADMIT_SINKS =
      Map.of(
          Topics.RAW_EVENT.name(), "write-raw-event",
          Topics.DEAD_LETTER.name(), "write-inbox-dead-letter",
          Topics.AUDIT_EVENT.name(), "write-inbox-audit");

  private static final Map<String, String> SINKS =
      Map.of(
          Topics.EVENT.name(), "write-event",
          Topics.ROUTING_DECISION.name(), "write-routing-decision",
          Topics.TOOL_CALL.name(), "write-tool-call",
          Topics.RULE_MATCH.name(), "write-rule-match",
          Topics.DEAD_LETTER.name(), "write-dead-letter",
          Topics.AUDIT_EVENT.name(), "write-audit");

  private static final Map<String, String> REACT_SINKS =
      Map.of(
          Topics.RAW_EVENT.name(), "write-child-event",
          Topics.TASK_REQUEST.name(), "write-task-request",
          Topics.TOOL_CALL.name(), "write-rule-tool-call",
          Topics.RULE_TRIPPED.name(), "write-rule-tripped",
          Topics.DEAD_LETTER.name(), "write-rule-dead-letter",
          Topics.AUDIT_EVENT.name(), "write-rule-audit");

  private final Settings settings;

  /**
   * What the topology's functions know beside the records.
   *
   * @param timezone zone of actors whose source does not tell
   */
  public record Settings(Connectors connectors, Filters filters, ZoneId timezone) {}

  public PipelineTopology(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Topology get() {
    var topology = new Topology();
    var book = new RuleBook(settings.timezone());
    admit(topology);
    normalize(topology);
    dropRepeats(topology);
    route(topology, book);
    react(topology);
    keepBook(topology, book);
    topology.addStateStore(RecentMessages.builder(RECENT_MESSAGE_KEYS), DROP_REPEATS, ROUTE);
    topology.addStateStore(React.store(RULE_HISTORIES), REACT);
    return topology;
  }

  private void admit(Topology topology) {
    source(topology, READ_INBOX, Topics.INBOX);
    topology.addProcessor(ADMIT, Admit.supplier(settings.connectors(), ADMIT_SINKS), READ_INBOX);
    sink(topology, ADMIT_SINKS, Topics.RAW_EVENT, ADMIT);
    sink(topology, ADMIT_SINKS, Topics.DEAD_LETTER, ADMIT);
    sink(topology, ADMIT_SINKS, Topics.AUDIT_EVENT, ADMIT);
  }

  private void normalize(Topology topology) {
    source(topology, READ_RAW_EVENT, Topics.RAW_EVENT);
    topology.addProcessor(
        NORMALIZE, Normalize.supplier(settings.timezone(), DROP_REPEATS, SINKS), READ_RAW_EVENT);
  }

  private void dropRepeats(Topology topology) {
    topology.addProcessor(
        DROP_REPEATS, DropRepeats.supplier(RECENT_MESSAGE_KEYS, ROUTE, SINKS), NORMALIZE);
  }

  private void route(Topology topology, RuleBook book) {
    topology.addProcessor(
        ROUTE,
        Route.supplier(
            settings.filters(), settings.connectors(), book::standing, RECENT_MESSAGE_KEYS, SINKS),
        DROP_REPEATS);
    sink(topology, SINKS, Topics.EVENT, ROUTE);
    sink(topology, SINKS, Topics.ROUTING_DECISION, ROUTE);
    sink(topology, SINKS, Topics.TOOL_CALL, ROUTE);
    sink(topology, SINKS, Topics.RULE_MATCH, ROUTE);
    sink(topology, SINKS, Topics.AUDIT_EVENT, NORMALIZE, DROP_REPEATS, ROUTE);
    sink(topology, SINKS, Topics.DEAD_LETTER, NORMALIZE, DROP_REPEATS, ROUTE);
  }

  private void react(Topology topology) {
    source(topology, READ_RULE_MATCH, Topics.RULE_MATCH);
    topology.addProcessor(REACT, React.supplier(RULE_HISTORIES, REACT_SINKS), READ_RULE_MATCH);
    sink(topology, REACT_SINKS, Topics.RAW_EVENT, REACT);
    sink(topology, REACT_SINKS, Topics.TASK_REQUEST, REACT);
    sink(topology, REACT_SINKS, Topics.TOOL_CALL, REACT);
    sink(topology, REACT_SINKS, Topics.RULE_TRIPPED, REACT);
    sink(topology, REACT_SINKS, Topics.AUDIT_EVENT, REACT);
    sink(topology, REACT_SINKS, Topics.DEAD_LETTER, REACT);
  }

  private void keepBook(Topology topology, RuleBook book) {
    topology.addGlobalStore(
        KeepBook.builder(RULES),
        READ_RULE,
        new AppendTime(),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        Topics.CONTROL_RULE.name(),
        KEEP_RULES,
        KeepBook.rules(RULES, book));
    topology.addGlobalStore(
        KeepBook.builder(SETTINGS),
        READ_SETTING,
        new AppendTime(),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        Topics.CONTROL_SETTING.name(),
        KEEP_SETTINGS,
        KeepBook.settings(SETTINGS, book));
  }

  private static void source(Topology topology, String node, Topic<?, ?> topic) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        node,
        new AppendTime(),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topic.name());
  }

  private static void sink(
      Topology topology, Map<String, String> sinks, Topic<?, ?> topic, String... parents) {
    topology.addSink(
        sinks.get(topic.name()),
        topic.name(),
        new ByteArraySerializer(),
        new ByteArraySerializer(),
        parents);
  }
}
