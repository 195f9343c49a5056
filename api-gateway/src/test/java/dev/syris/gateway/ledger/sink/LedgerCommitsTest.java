package dev.syris.gateway.ledger.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class LedgerCommitsTest {

  private final LedgerCommits commits = new LedgerCommits();

  @Test
  void shouldWakeEveryoneWhoWaitsWhenTheTrailGrows() throws Exception {
    try (var waiters = Executors.newVirtualThreadPerTaskExecutor()) {
      // Given
      var waiting = new CountDownLatch(1_000);
      List<Future<Long>> found = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        found.add(
            waiters.submit(
                () -> {
                  waiting.countDown();
                  return commits.awaitBeyond(0, Duration.ofMinutes(1));
                }));
      }
      waiting.await();

      // When
      commits.committed(7);

      // Then
      for (Future<Long> one : found) {
        assertThat(one.get()).isEqualTo(7);
      }
    }
  }

  @Test
  void shouldAnswerAtOnceWhenTheTrailIsThereAlready() throws Exception {
    commits.committed(7);
    assertThat(commits.awaitBeyond(6, Duration.ofMinutes(1))).isEqualTo(7);
  }

  @Test
  void shouldAnswerAfterTheTimeGivenWhenNothingComes() throws Exception {
    assertThat(commits.awaitBeyond(0, Duration.ofMillis(1))).isZero();
  }

  @Test
  void shouldTellListenersUntilTheyLeave() {
    // Given
    var heard = new ArrayList<Long>();
    var subscription = commits.listen(heard::add);

    // When
    commits.committed(1);
    commits.committed(1);
    commits.committed(3);
    subscription.close();
    commits.committed(4);

    // Then
    assertThat(heard).containsExactly(1L, 3L);
    assertThat(commits.head()).isEqualTo(4);
  }
}
