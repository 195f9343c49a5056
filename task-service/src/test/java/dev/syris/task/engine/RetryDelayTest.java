package dev.syris.task.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.task.RetryPolicy;
import dev.syris.contracts.task.RetryPolicy.Strategy;
import dev.syris.contracts.tool.ErrorDetail;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryDelayTest {

  private static final ErrorDetail BUSY = ErrorDetail.retryable("busy", "come back");

  @Test
  void shouldWaitTheSameTimeEachTimeWhenFixed() {
    var fixed = new RetryPolicy(Strategy.FIXED, 700, 60_000, true);
    assertThat(RetryDelay.after(fixed, 1, BUSY, 0.9)).isEqualTo(Duration.ofMillis(700));
    assertThat(RetryDelay.after(fixed, 50, BUSY, 0.1)).isEqualTo(Duration.ofMillis(700));
  }

  @ParameterizedTest
  @CsvSource({"1, 1000", "2, 2000", "3, 4000", "6, 32000", "7, 60000", "100, 60000"})
  void shouldDoubleUpToTheLongestWithoutJitter(int attempt, long millis) {
    var policy = new RetryPolicy(Strategy.EXPONENTIAL, 1_000, 60_000, false);
    assertThat(RetryDelay.after(policy, attempt, BUSY, 0.7)).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void shouldNotWaitWhenThePolicyIsNone() {
    var none = new RetryPolicy(Strategy.NONE, 1_000, 60_000, true);
    assertThat(RetryDelay.after(none, 1, BUSY, 0.5)).isEqualTo(Duration.ZERO);
  }

  @Property
  void drawsFromNothingUpToTheExponentialDelay(
      @ForAll @IntRange(min = 1, max = 200) int attempt,
      @ForAll @IntRange(max = 999_999) int millionths) {
    double random = millionths / 1e6;
    var jittered = new RetryPolicy(Strategy.EXPONENTIAL, 250, 30_000, true);
    var plain = new RetryPolicy(Strategy.EXPONENTIAL, 250, 30_000, false);
    Duration longest = RetryDelay.after(plain, attempt, BUSY, 0);

    assertThat(RetryDelay.after(jittered, attempt, BUSY, random)).isBetween(Duration.ZERO, longest);
    assertThat(RetryDelay.after(jittered, attempt, BUSY, 0)).isEqualTo(Duration.ZERO);
    assertThat(RetryDelay.after(jittered, attempt, BUSY, Math.nextDown(1.0))).isEqualTo(longest);
  }

  @ParameterizedTest
  @CsvSource({"5000, 5000", "10, 700", "-5, 700", "86400000, 86400000", "999999999999, 86400000"})
  void shouldBelieveATargetThatSaysWhenToComeBackUpToADay(long asked, long millis) {
    var fixed = new RetryPolicy(Strategy.FIXED, 700, 60_000, false);
    var error =
        new ErrorDetail(
            "http.busy", "come back", true, Json.object().put(RetryDelay.RETRY_AFTER_MS, asked));
    assertThat(RetryDelay.after(fixed, 1, error, 0)).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void shouldIgnoreATimeThatIsNoNumber() {
    var fixed = new RetryPolicy(Strategy.FIXED, 700, 60_000, false);
    var error =
        new ErrorDetail(
            "http.busy", "come back", true, Json.object().put(RetryDelay.RETRY_AFTER_MS, "soon"));
    assertThat(RetryDelay.after(fixed, 1, error, 0)).isEqualTo(Duration.ofMillis(700));
  }
}
