package dev.syris.ingest.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InFlightTest {

  private static final RequestId ONE = new RequestId("token", "/events", new IdempotencyKey("1"));
  private static final RequestId TWO = new RequestId("token", "/events", new IdempotencyKey("2"));

  private final InFlight inFlight = new InFlight();

  @Test
  void shouldNeverRunTwoOfOneIdAtATime() {
    // Given
    var inside = new AtomicInteger();
    var most = new AtomicInteger();

    // When
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 100)
          .forEach(
              _ ->
                  threads.submit(
                      () ->
                          inFlight.alone(
                              ONE,
                              Duration.ofSeconds(10),
                              () -> {
                                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                                Thread.yield();
                                return inside.decrementAndGet();
                              })));
    }

    // Then
    assertThat(most).hasValue(1);
    assertThat(inside).hasValue(0);
  }

  @Test
  void shouldGiveUpWhenTheOtherTakesTooLongAndLetOtherIdsPass() {
    // Given
    var started = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    CompletableFuture<?> first =
        CompletableFuture.runAsync(
            () ->
                inFlight.alone(
                    ONE,
                    Duration.ofSeconds(10),
                    () -> {
                      started.countDown();
                      return await(end);
                    }));
    await(started);

    // When / Then
    assertThat(inFlight.alone(ONE, Duration.ofMillis(10), () -> "late")).isEmpty();
    assertThat(inFlight.alone(TWO, Duration.ofMillis(10), () -> "other")).contains("other");
    end.countDown();
    assertThat(first).succeedsWithin(Duration.ofSeconds(10));
    assertThat(inFlight.alone(ONE, Duration.ofSeconds(10), () -> "free")).contains("free");
  }

  @Test
  void shouldFreeTheIdWhenTheWorkFails() {
    // Given
    assertThatThrownBy(() -> inFlight.alone(ONE, Duration.ofSeconds(1), InFlightTest::fail))
        .isInstanceOf(IllegalStateException.class);

    // When / Then
    assertThat(inFlight.alone(ONE, Duration.ofMillis(10), () -> "free")).contains("free");
  }

  private static String fail() {
    throw new IllegalStateException("on purpose");
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
