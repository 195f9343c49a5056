package dev.syris.pipeline.flow;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shell round one pure step: reads a record, lets the step decide, writes what it says. The
 * step decides before anything is stored or forwarded; where it throws, the record becomes a dead
 * letter and nothing else has happened. One per task, used by one thread.
 */
public abstract class Step<V> implements Processor<byte[], V, byte[], Object> {

  private static final Logger LOG = LoggerFactory.getLogger(Step.class);

  private final Map<String, String> sinks;
  private final Pace pace;
  private @Nullable ProcessorContext<byte[], Object> context;

  /**
   * @param sinks the sink node of each topic the step may write to, by the topic's name
   */
  protected Step(Map<String, String> sinks) {
    this(sinks, Pace.FRESH);
  }

  /**
   * A step whose records have a longer way behind them.
   *
   * @param sinks the sink node of each topic the step may write to, by the topic's name
   * @param fresh for how long, in milliseconds, a record may have lain that has none behind it
   */
  protected Step(Map<String, String> sinks, long fresh) {
    this.sinks = sinks;
    this.pace = new Pace(fresh);
  }

  @Override
  public void init(ProcessorContext<byte[], Object> context) {
    this.context = context;
  }

  /** Writes. */
  protected final void write(List<Output> outputs, long timestamp) {
    for (Output output : outputs) {
      String sink = sinks.get(output.topic().name());
      if (sink == null) {
        throw new IllegalStateException(
            getClass().getSimpleName() + " has no way to " + output.topic().name());
      }
      context()
          .forward(new Record<>(output.key(), output.value(), timestamp, output.headers()), sink);
    }
  }

  /** Hands a value to the next step. */
  protected final void pass(
      String child, byte @Nullable [] key, Object value, long timestamp, Headers headers) {
    context().forward(new Record<>(key, value, timestamp, headers), child);
  }

  /** What the step decides; a dead letter where it throws. */
  protected final List<Output> decided(SourceRecord source, Supplier<List<Output>> step) {
    try {
      return step.get();
    } catch (RuntimeException | StackOverflowError e) {
      return DeadLetters.of(source, failed(source, e));
    }
  }

  /** Tells the log of a fault of ours; what it was about becomes a dead letter. */
  protected final Rejection failed(SourceRecord source, Throwable fault) {
    LOG.error(
        "{} failed on {}-{}@{}",
        getClass().getSimpleName(),
        source.topic(),
        source.partition(),
        source.offset(),
        fault);
    return Rejection.of(fault);
  }

  /**
   * Called by the first step, for every record: what comes alone is committed alone, without
   * waiting for more.
   *
   * @param appended append time of the record, in milliseconds
   */
  protected final void commitSoon(long appended) {
    if (pace.quiet(appended, context().currentSystemTimeMs())) {
      context().commit();
    }
  }

  /** The record with its place. */
  protected final SourceRecord source(Record<byte[], byte[]> record) {
    RecordMetadata place = context().recordMetadata().orElseThrow();
    return new SourceRecord(
        place.topic(),
        place.partition(),
        place.offset(),
        record.timestamp(),
        record.key(),
        record.value(),
        record.headers());
  }

  protected final ProcessorContext<byte[], Object> context() {
    if (context == null) {
      throw new IllegalStateException("not initialized");
    }
    return context;
  }
}
