package dev.syris.benchmarks.spine;

import dev.syris.contracts.id.TraceParent;
import dev.syris.contracts.topic.RawEventHeaders;
import dev.syris.contracts.topic.Topic;
import dev.syris.contracts.topic.Topics;
import dev.syris.pipeline.dedupe.RecentMessages;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * What somebody would write who wants the same records on the same topics and nothing else: no
 * JSON, no ids. Each output has a key, a trace header and a value as large as the real one, made by
 * copying bytes. With a store or without: with one, each record is looked up twice and written once
 * in a store like that of the pipeline, which costs a sixth record, of the changelog.
 */
final class HandWrittenTopology implements Supplier<Topology> {

  private static final String STORE = "recent-copies";

  private static final List<Topic<?, ?>> OUTPUTS =
      List.of(
          Topics.EVENT,
          Topics.AUDIT_EVENT,
          Topics.ROUTING_DECISION,
          Topics.AUDIT_EVENT,
          Topics.TOOL_CALL);

  private final Map<String, Integer> sizes;
  private final boolean stored;

  /**
   * @param sizes bytes of a value, by topic
   */
  HandWrittenTopology(Map<String, Integer> sizes, boolean stored) {
    this.sizes = Map.copyOf(sizes);
    this.stored = stored;
  }

  @Override
  public Topology get() {
    var topology = new Topology();
    topology.addSource(
        AutoOffsetReset.earliest(),
        "read",
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        Topics.RAW_EVENT.name());
    topology.addProcessor("copy", () -> new Copy(sizes, stored), "read");
    if (stored) {
      topology.addStateStore(RecentMessages.builder(STORE), "copy");
    }
    OUTPUTS.stream()
        .map(Topic::name)
        .distinct()
        .forEach(
            topic ->
                topology.addSink(
                    topic, topic, new ByteArraySerializer(), new ByteArraySerializer(), "copy"));
    return topology;
  }

  private static final class Copy implements Processor<byte[], byte[], byte[], byte[]> {

    private static final long DAY = 24 * 60 * 60 * 1000L;

    private final Map<String, Integer> sizes;
    private final boolean stored;
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable WindowStore<Bytes, byte[]> store;

    Copy(Map<String, Integer> sizes, boolean stored) {
      this.sizes = sizes;
      this.stored = stored;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
      this.context = context;
      this.store = stored ? context.getStateStore(STORE) : null;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      if (context == null) {
        throw new IllegalStateException("not initialized");
      }
      byte[] trace = record.headers().lastHeader(RawEventHeaders.TRACE_ID).value();
      byte[] traceParent = record.headers().lastHeader(TraceParent.HEADER).value();
      if (store != null && seen(store, record, traceParent)) {
        return;
      }
      for (Topic<?, ?> topic : OUTPUTS) {
        byte[] copy =
            Arrays.copyOf(record.value(), sizes.getOrDefault(topic.name(), record.value().length));
        boolean byTrace = topic == Topics.AUDIT_EVENT || topic == Topics.TOOL_CALL;
        var headers = new RecordHeaders();
        headers.add(TraceParent.HEADER, traceParent);
        context.forward(
            new Record<>(byTrace ? trace : record.key(), copy, record.timestamp(), headers),
            topic.name());
      }
    }

    /** As large a key and value as the pipeline's: 17 and 24 bytes. */
    private static boolean seen(
        WindowStore<Bytes, byte[]> store, Record<byte[], byte[]> record, byte[] traceParent) {
      Bytes key = Bytes.wrap(Arrays.copyOfRange(traceParent, 3, 20));
      long today = record.timestamp() - record.timestamp() % DAY;
      if (store.fetch(key, today) != null || store.fetch(key, today - DAY) != null) {
        return true;
      }
      store.put(key, Arrays.copyOf(traceParent, 24), today);
      return false;
    }
  }
}
