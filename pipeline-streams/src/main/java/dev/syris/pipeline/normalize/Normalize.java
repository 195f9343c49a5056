package dev.syris.pipeline.normalize;

import dev.syris.pipeline.flow.Arrival;
import dev.syris.pipeline.flow.DeadLetters;
import dev.syris.pipeline.flow.Rejection;
import dev.syris.pipeline.flow.SourceRecord;
import dev.syris.pipeline.flow.Step;
import java.time.ZoneId;
import java.util.Map;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/** The step from raw bytes to the canonical event. */
public final class Normalize extends Step<byte[]> {

  private final Normalizer normalizer;
  private final String next;

  private Normalize(Normalizer normalizer, String next, Map<String, String> sinks) {
    super(sinks);
    this.normalizer = normalizer;
    this.next = next;
  }

  public static ProcessorSupplier<byte[], byte[], byte[], Object> supplier(
      ZoneId timezone, String next, Map<String, String> sinks) {
    var normalizer = new Normalizer(timezone);
    return () -> new Normalize(normalizer, next, sinks);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    SourceRecord source = source(record);
    switch (attempt(source)) {
      case Normalization.Refused(Rejection why) ->
          write(DeadLetters.of(source, why), record.timestamp());
      case Normalization.Canonical(Arrival arrival) ->
          pass(next, record.key(), arrival, record.timestamp(), record.headers());
    }
    commitSoon(record.timestamp());
  }

  private Normalization attempt(SourceRecord source) {
    try {
      return normalizer.normalize(source);
    } catch (RuntimeException | StackOverflowError e) {
      return new Normalization.Refused(failed(source, e));
    }
  }
}
