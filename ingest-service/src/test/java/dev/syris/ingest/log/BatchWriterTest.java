package dev.syris.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class BatchWriterTest {

  private final List<MockProducer<String, byte[]>> made = new ArrayList<>();
  private final BatchWriter writer =
      new BatchWriter(new ProducerSlot(() -> make(true)), Duration.ofSeconds(5));

  @Test
  void shouldCommitOnceWhenEveryRecordIsTaken() {
    // When
    WriteResult result = writer.write(records());

    // Then
    assertThat(result).isInstanceOf(WriteResult.Written.class);
    assertThat(made.getFirst().commitCount()).isEqualTo(1);
    assertThat(made.getFirst().history()).hasSize(2);
  }

  @Test
  void shouldUseTheSameProducerForTheNextBatch() {
    // When
    writer.write(records());
    writer.write(records());

    // Then
    assertThat(made).hasSize(1);
    assertThat(made.getFirst().commitCount()).isEqualTo(2);
  }

  @Test
  void shouldAbortAndSayNotWrittenWhenOneRecordIsNotTaken() {
    // Given
    var slow = new BatchWriter(new ProducerSlot(() -> make(false)), Duration.ofSeconds(5));
    CompletableFuture<WriteResult> result =
        CompletableFuture.supplyAsync(() -> slow.write(records()));

    // When
    await().until(() -> !made.isEmpty() && made.getFirst().completeNext());
    await().until(() -> made.getFirst().errorNext(new TimeoutException("expired")));

    // Then
    assertThat(result)
        .succeedsWithin(Duration.ofSeconds(5))
        .isInstanceOf(WriteResult.NotWritten.class);
    assertThat(made.getFirst().commitCount()).isZero();
    assertThat(made.getFirst().transactionAborted()).isTrue();
    assertThat(made.getFirst().closed()).isFalse();
  }

  @Test
  void shouldReplaceTheProducerWhenNotEvenTheAbortIsConfirmed() {
    // Given
    MockProducer<String, byte[]> first = make(true);
    first.sendException = new KafkaException("broken");
    first.abortTransactionException = new TimeoutException("no answer");
    var slot = new ProducerSlot(() -> first.closed() ? make(true) : first);
    var fragile = new BatchWriter(slot, Duration.ofSeconds(5));

    // When
    WriteResult result = fragile.write(records());

    // Then
    assertThat(result).isInstanceOf(WriteResult.NotWritten.class);
    assertThat(first.closed()).isTrue();
    assertThat(fragile.write(records())).isInstanceOf(WriteResult.Written.class);
  }

  @Test
  void shouldSayInDoubtAndReplaceTheProducerWhenTheCommitIsNotConfirmed() {
    // Given
    writer.write(records());
    made.getFirst().commitTransactionException = new TimeoutException("no answer");

    // When
    WriteResult result = writer.write(records());

    // Then
    assertThat(result).isInstanceOf(WriteResult.InDoubt.class);
    assertThat(made.getFirst().closed()).isTrue();
    assertThat(writer.write(records())).isInstanceOf(WriteResult.Written.class);
    assertThat(made).hasSize(2);
  }

  @Test
  void shouldSayNotWrittenAndTryAnewWhenItIsFenced() {
    // Given
    writer.write(records());
    made.getFirst().beginTransactionException = new ProducerFencedException("another one");

    // When
    WriteResult result = writer.write(records());

    // Then
    assertThat(result).isInstanceOf(WriteResult.NotWritten.class);
    assertThat(writer.write(records())).isInstanceOf(WriteResult.Written.class);
  }

  @Test
  void shouldSayNotWrittenWhenItsTurnDoesNotCome() {
    // Given
    var impatient = new BatchWriter(new ProducerSlot(() -> make(false)), Duration.ofMillis(500));
    CompletableFuture<WriteResult> first =
        CompletableFuture.supplyAsync(() -> impatient.write(records()));
    await().until(() -> !made.isEmpty() && made.getFirst().uncommittedRecords().size() == 2);

    // When
    WriteResult second = impatient.write(records());

    // Then
    assertThat(second).isInstanceOf(WriteResult.NotWritten.class);
    assertThat(first)
        .succeedsWithin(Duration.ofSeconds(5))
        .isInstanceOf(WriteResult.NotWritten.class);
  }

  private static List<ProducerRecord<String, byte[]>> records() {
    return Events.of("a", "b").stream().map(StampedEvent::toRecord).toList();
  }

  private MockProducer<String, byte[]> make(boolean autoComplete) {
    var producer =
        new MockProducer<>(
            Cluster.empty(), autoComplete, null, new StringSerializer(), new ByteArraySerializer());
    made.add(producer);
    return producer;
  }
}
