package dev.syris.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SingleWriterTest {

  private final List<MockProducer<String, byte[]>> made = new ArrayList<>();
  private final SingleWriter writer =
      new SingleWriter(new ProducerSlot(this::make), Duration.ofSeconds(5));

  @Test
  void shouldSayWrittenOnlyWhenTheBrokerHasAnswered() {
    // Given
    CompletableFuture<WriteResult> result = write();
    await().until(() -> !made.isEmpty() && made.getFirst().history().size() == 1);
    assertThat(result).isNotDone();

    // When
    made.getFirst().completeNext();

    // Then
    assertThat(result)
        .succeedsWithin(Duration.ofSeconds(5))
        .isInstanceOf(WriteResult.Written.class);
    assertThat(made.getFirst().history().getFirst().topic()).isEqualTo(Topics.RAW_EVENT.name());
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(new TimeoutException("expired"), WriteResult.InDoubt.class, false),
        Arguments.of(new OutOfOrderSequenceException("gap"), WriteResult.InDoubt.class, true),
        Arguments.of(new KafkaException("closed"), WriteResult.InDoubt.class, true),
        Arguments.of(new BufferExhaustedException("full"), WriteResult.NotWritten.class, false),
        Arguments.of(new TopicAuthorizationException("no"), WriteResult.NotWritten.class, true),
        Arguments.of(new SaslAuthenticationException("who"), WriteResult.NotWritten.class, true));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void shouldTellRefusedFromInDoubtAndReplaceABrokenProducer(
      RuntimeException answer, Class<? extends WriteResult> expected, boolean replaced) {
    // Given
    CompletableFuture<WriteResult> result = write();

    // When
    await().until(() -> !made.isEmpty() && made.getFirst().errorNext(answer));

    // Then
    assertThat(result).succeedsWithin(Duration.ofSeconds(5)).isInstanceOf(expected);
    assertThat(made.getFirst().closed()).isEqualTo(replaced);
  }

  @Test
  void shouldSayNotWrittenWhenTheTopicIsNotToBeFound() {
    // Given
    var slot =
        new ProducerSlot(
            () -> {
              MockProducer<String, byte[]> producer = make();
              producer.partitionsForException = new TimeoutException("no metadata");
              return producer;
            });

    // When
    WriteResult result =
        new SingleWriter(slot, Duration.ofSeconds(5)).write(Events.of("a").toRecord());

    // Then
    assertThat(result).isEqualTo(new WriteResult.NotWritten("the broker did not answer in time"));
    assertThat(made.getFirst().history()).isEmpty();
  }

  @Test
  void shouldSayInDoubtWhenTheProducerItselfSaysNothing() {
    // Given
    var impatient = new SingleWriter(new ProducerSlot(this::make), Duration.ofMillis(20));

    // When / Then
    assertThat(impatient.write(Events.of("a").toRecord())).isInstanceOf(WriteResult.InDoubt.class);
  }

  @Test
  void shouldSayNotWrittenWhenTheServiceIsStopping() {
    // Given
    writer.close();

    // When / Then
    assertThat(writer.write(Events.of("a").toRecord())).isInstanceOf(WriteResult.NotWritten.class);
  }

  private CompletableFuture<WriteResult> write() {
    return CompletableFuture.supplyAsync(() -> writer.write(Events.of("a").toRecord()));
  }

  private MockProducer<String, byte[]> make() {
    var producer =
        new MockProducer<>(
            Cluster.empty(), false, null, new StringSerializer(), new ByteArraySerializer());
    made.add(producer);
    return producer;
  }
}
