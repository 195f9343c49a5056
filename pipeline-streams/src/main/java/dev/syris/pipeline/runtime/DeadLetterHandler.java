package dev.syris.pipeline.runtime;

import dev.syris.pipeline.flow.DeadLetters;
import dev.syris.pipeline.flow.Output;
import dev.syris.pipeline.flow.Rejection;
import dev.syris.pipeline.flow.SourceRecord;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The net below the steps, which make dead letters of what they can't take themselves: a record
 * that fails outside of them becomes one too, in the same transaction. What Kafka itself throws (a
 * store, a fenced producer) is no fault of the record and fails the task. Made by Streams.
 */
public final class DeadLetterHandler
    implements DeserializationExceptionHandler, ProcessingExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterHandler.class);

  @Override
  public void configure(Map<String, ?> configs) {
    // needs nothing
  }

  @Override
  public DeserializationExceptionHandler.Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
    return DeserializationExceptionHandler.Response.resume(
        letters(source(context, record.key(), record.value()), context, exception));
  }

  @Override
  public ProcessingExceptionHandler.Response handleError(
      ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
    if (exception instanceof KafkaException) {
      return ProcessingExceptionHandler.Response.fail();
    }
    return ProcessingExceptionHandler.Response.resume(
        letters(
            source(context, context.sourceRawKey(), context.sourceRawValue()), context, exception));
  }

  private static List<ProducerRecord<byte[], byte[]>> letters(
      SourceRecord source, ErrorHandlerContext context, Exception exception) {
    LOG.error(
        "{} failed on {}-{}@{}",
        context.processorNodeId(),
        source.topic(),
        source.partition(),
        source.offset(),
        exception);
    return DeadLetters.of(source, Rejection.of(exception)).stream()
        .map(DeadLetterHandler::record)
        .toList();
  }

  private static ProducerRecord<byte[], byte[]> record(Output output) {
    return new ProducerRecord<>(
        output.topic().name(), null, output.key(), output.value(), output.headers());
  }

  private static SourceRecord source(ErrorHandlerContext context, byte[] key, byte[] value) {
    var headers = context.headers() == null ? new RecordHeaders() : context.headers();
    return new SourceRecord(
        String.valueOf(context.topic()),
        context.partition(),
        context.offset(),
        Math.max(0, context.timestamp()),
        key,
        value,
        headers);
  }
}
