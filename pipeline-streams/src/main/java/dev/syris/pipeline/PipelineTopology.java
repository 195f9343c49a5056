package dev.syris.pipeline;

import dev.syris.contracts.topic.Topic;
import dev.syris.contracts.topic.Topics;
import dev.syris.pipeline.admit.Admit;
import dev.syris.pipeline.dedupe.DropRepeats;
import dev.syris.pipeline.dedupe.RecentMessages;
import dev.syris.pipeline.flow.Connectors;
import dev.syris.pipeline.normalize.Normalize;
import dev.syris.pipeline.route.Filters;
import dev.syris.pipeline.route.Route;
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
 *                               └─► dead letter, audit   │  ▲
 *                                            audit ◄─────┘  └─ recent-message-keys
 * </pre>
 *
 * <p>Every source and sink moves bytes, so nothing can fail in a serde; each step decides, in a
 * pure function, before it stores or forwards; outputs are serialized and measured in the step, so
 * that what can't be produced is a dead letter before it is sent. Rules and settings will be global
 * tables: their processors take bytes and catch everything, because no handler stands behind a
 * global store.
 */
public final class PipelineTopology implements Supplier<Topology> {

  static final String READ_INBOX = "read-inbox";
  static final String ADMIT = "admit";
  static final String READ_RAW_EVENT = "read-raw-event";
  static final String NORMALIZE = "normalize";
  static final String DROP_REPEATS = "drop-repeats";
  static final String ROUTE = "route";
  static final String RECENT_MESSAGE_KEYS = "recent-message-keys";

  /** Sinks by topic. The two halves have their own, else they would become one and share tasks. */
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
          Topics.DEAD_LETTER.name(), "write-dead-letter",
          Topics.AUDIT_EVENT.name(), "write-audit");

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
    admit(topology);
    normalize(topology);
    dropRepeats(topology);
    route(topology);
    topology.addStateStore(RecentMessages.builder(RECENT_MESSAGE_KEYS), DROP_REPEATS, ROUTE);
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

  private void route(Topology topology) {
    topology.addProcessor(
        ROUTE,
        Route.supplier(settings.filters(), settings.connectors(), RECENT_MESSAGE_KEYS, SINKS),
        DROP_REPEATS);
    sink(topology, SINKS, Topics.EVENT, ROUTE);
    sink(topology, SINKS, Topics.ROUTING_DECISION, ROUTE);
    sink(topology, SINKS, Topics.TOOL_CALL, ROUTE);
    sink(topology, SINKS, Topics.AUDIT_EVENT, NORMALIZE, DROP_REPEATS, ROUTE);
    sink(topology, SINKS, Topics.DEAD_LETTER, NORMALIZE, DROP_REPEATS, ROUTE);
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
