package dev.syris.pipeline.rule;

import dev.syris.contracts.event.Event;
import dev.syris.contracts.json.Json;
import dev.syris.pipeline.flow.DeadLetters;
import dev.syris.pipeline.flow.SourceRecord;
import dev.syris.pipeline.flow.Step;
import dev.syris.rules.suppress.History;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The step where a match meets what its rule did before. Time is the append time of the event,
 * which is in the match.
 */
public final class React extends Step<byte[]> {

  /** A match has one journey through the broker more behind it than an event, in milliseconds. */
  private static final long FRESH = 250;

  private final String store;
  private final RuleMatchCodec codec = new RuleMatchCodec();
  private @Nullable RuleMemory memory;

  private React(String store, Map<String, String> sinks) {
    super(sinks, FRESH);
    this.store = store;
  }

  public static ProcessorSupplier<byte[], byte[], byte[], Object> supplier(
      String store, Map<String, String> sinks) {
    return () -> new React(store, sinks);
  }

  /** The store of what rules did. */
  public static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
    return RuleMemory.builder(name);
  }

  @Override
  public void init(ProcessorContext<byte[], Object> context) {
    super.init(context);
    memory = new RuleMemory(context.getStateStore(store));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    SourceRecord source = source(record);
    RuleMatch match;
    Event event;
    History before;
    Reaction reaction;
    try {
      match = codec.read(source.value());
      event = Json.mapper().treeToValue(match.event(), Event.class);
      before = memory().find(match.rule(), match.match().key());
      reaction = Reaction.to(match, event, before);
    } catch (RuntimeException | StackOverflowError e) {
      write(DeadLetters.of(source, failed(source, e)), record.timestamp());
      return;
    }
    memory()
        .remember(
            match.rule(),
            match.match().key(),
            before,
            reaction.after(),
            event.ingestedAt().toEpochMilli());
    write(reaction.outputs(), record.timestamp());
    commitSoon(record.timestamp());
  }

  private RuleMemory memory() {
    if (memory == null) {
      throw new IllegalStateException("not initialized");
    }
    return memory;
  }
}
