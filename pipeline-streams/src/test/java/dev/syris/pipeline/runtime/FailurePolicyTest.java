package dev.syris.pipeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class FailurePolicyTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  private final FailurePolicy policy = new FailurePolicy();

  @Test
  void shouldReplaceTheThreadWhenTheBrokerWasTheCause() {
    assertThat(policy.replace(new StreamsException(new TimeoutException("slow")), NOW)).isTrue();
    assertThat(policy.replace(new StreamsException(new ProducerFencedException("taken over")), NOW))
        .isTrue();
  }

  @Test
  void shouldStopWhenAnotherThreadWouldDieToo() {
    assertThat(policy.replace(new IllegalStateException("a fault of ours"), NOW)).isFalse();
    assertThat(policy.replace(new StreamsException(new TopicAuthorizationException("t")), NOW))
        .isFalse();
    assertThat(policy.replace(new MissingSourceTopicException("t"), NOW)).isFalse();
    assertThat(policy.replace(new OutOfMemoryError(), NOW)).isFalse();
  }

  @Test
  void shouldStopWhenReplacingDoesNotHelp() {
    // Given
    for (int i = 0; i < 10; i++) {
      policy.replace(new TimeoutException("slow"), NOW.plusSeconds(i));
    }

    // When
    boolean once = policy.replace(new TimeoutException("slow"), NOW.plusSeconds(10));
    boolean later = policy.replace(new TimeoutException("slow"), NOW.plus(Duration.ofMinutes(20)));

    // Then
    assertThat(once).isFalse();
    assertThat(later).isTrue();
  }
}
