package dev.syris.benchmarks.spine;

import dev.syris.contracts.topic.Topic;
import dev.syris.contracts.topic.Topics;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * What somebody would write who wants the same records on the same topics and nothing else: no
 * JSON, no store, no ids, no headers. Each output is as large as the real one, made by copying
 * bytes.
 */
final class HandWrittenTopology implements Supplier<Topology> {

  private static final List<Topic<?, ?>> OUTPUTS =
      List.of(
          Topics.EVENT,
          Topics.AUDIT_EVENT,
          Topics.ROUTING_DECISION,
          Topics.AUDIT_EVENT,
          Topics.TOOL_CALL);

  private final Map<String, Integer> sizes;

  /**
   * @param sizes bytes of a value, by topic
   */
  HandWrittenTopology(Map<String, Integer> sizes) {
    this.sizes = Map.copyOf(sizes);
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
    topology.addProcessor("copy", () -> new Copy(sizes), "read");
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

    private final Map<String, Integer> sizes;
    private @Nullable ProcessorContext<byte[], byte[]> context;

    Copy(Map<String, Integer> sizes) {
      this.sizes = sizes;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
      this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      if (context == null) {
        throw new IllegalStateException("not initialized");
      }
      for (Topic<?, ?> topic : OUTPUTS) {
        byte[] copy =
            Arrays.copyOf(record.value(), sizes.getOrDefault(topic.name(), record.value().length));
        context.forward(new Record<>(record.key(), copy, record.timestamp()), topic.name());
      }
    }
  }
}
