package dev.syris.pipeline.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.syris.contracts.topic.DeadLetterHeaders;
import dev.syris.contracts.topic.Headers;
import dev.syris.contracts.topic.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadLetterHandlerTest {

  private final DeadLetterHandler handler = new DeadLetterHandler();
  private final ErrorHandlerContext context = mock();

  @BeforeEach
  void describe() {
    when(context.topic()).thenReturn(Topics.INBOX.name());
    when(context.headers()).thenReturn(new RecordHeaders());
    when(context.timestamp()).thenReturn(-1L);
    when(context.sourceRawValue()).thenReturn("value".getBytes(UTF_8));
  }

  @Test
  void shouldMakeADeadLetterWhenAStepThrows() {
    // When
    ProcessingExceptionHandler.Response response =
        handler.handleError(
            context, new Record<>("k", "v", 0), new IllegalStateException("a fault"));

    // Then
    assertThat(response.result()).isEqualTo(ProcessingExceptionHandler.Result.RESUME);
    assertThat(response.deadLetterQueueRecords())
        .extracting(ProducerRecord::topic)
        .containsExactly(Topics.DEAD_LETTER.name(), Topics.AUDIT_EVENT.name());
    ProducerRecord<byte[], byte[]> letter = response.deadLetterQueueRecords().getFirst();
    assertThat(letter.value()).isEqualTo("value".getBytes(UTF_8));
    assertThat(Headers.text(letter.headers(), DeadLetterHeaders.REASON))
        .isEqualTo("event.processing_failed");
    assertThat(Headers.text(letter.headers(), DeadLetterHeaders.ERROR)).contains("a fault");
  }

  @Test
  void shouldFailWhenTheStoreThrows() {
    // When
    ProcessingExceptionHandler.Response response =
        handler.handleError(
            context, new Record<>("k", "v", 0), new ProcessorStateException("disk"));

    // Then
    assertThat(response.result()).isEqualTo(ProcessingExceptionHandler.Result.FAIL);
  }

  @Test
  void shouldMakeADeadLetterWhenARecordCantBeDeserialized() {
    // Given
    var record = new ConsumerRecord<>("t", 0, 0, "key".getBytes(UTF_8), "value".getBytes(UTF_8));

    // When
    DeserializationExceptionHandler.Response response =
        handler.handleError(context, record, new IllegalStateException("a fault"));

    // Then
    assertThat(response.result()).isEqualTo(DeserializationExceptionHandler.Result.RESUME);
    assertThat(response.deadLetterQueueRecords()).hasSize(2);
  }
}
