package dev.syris.pipeline.admit;

import dev.syris.pipeline.flow.Connectors;
import dev.syris.pipeline.flow.SourceRecord;
import dev.syris.pipeline.flow.Step;
import java.util.Map;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/** The step from the inbox to the raw events. */
public final class Admit extends Step<byte[]> {

  private final Admission admission;

  private Admit(Admission admission, Map<String, String> sinks) {
    super(sinks);
    this.admission = admission;
  }

  public static ProcessorSupplier<byte[], byte[], byte[], Object> supplier(
      Connectors connectors, Map<String, String> sinks) {
    var admission = new Admission(connectors);
    return () -> new Admit(admission, sinks);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    SourceRecord source = source(record);
    write(decided(source, () -> admission.admit(source)), record.timestamp());
    commitSoon(record.timestamp());
  }
}
