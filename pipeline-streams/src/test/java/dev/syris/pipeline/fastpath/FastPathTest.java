package dev.syris.pipeline.fastpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syris.contracts.routing.RiskLevel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FastPathTest {

  private final FastPath fastPath = FastPath.standard();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          noop                                          | noop          | {}
          NOOP                                          | noop          | {}
          noop hello World                              | noop          | {"echo":"hello World"}
          status                                        | system.status | {}
          Status?                                       | system.status | {}
          what's the status                             | system.status | {}
          What’s your status?                           | system.status | {}
          set a timer for 10 minutes                    | timer.set     | {"seconds":600}
          SET A TIMER FOR 10 MINUTES!                   | timer.set     | {"seconds":600}
          set a timer for 1h30m                         | timer.set     | {"seconds":5400}
          set timer for an hour and a half              | timer.set     | {"seconds":5400}
          Please set a timer for half an hour, please   | timer.set     | {"seconds":1800}
          set a pasta timer for 8 minutes               | timer.set     | {"label":"pasta","seconds":480}
          set a timer for 8 minutes called Pasta        | timer.set     | {"seconds":480,"label":"Pasta"}
          set a timer called "the eggs" for 5 min       | timer.set     | {"label":"the eggs","seconds":300}
          set a 10 minute timer                         | timer.set     | {"seconds":600}
          set a 10-minute timer for tea                 | timer.set     | {"seconds":600,"label":"tea"}
          start a timer for ninety seconds              | timer.set     | {"seconds":90}
          timer 5 min                                   | timer.set     | {"seconds":300}
          15 minute timer                               | timer.set     | {"seconds":900}
          remind me in 20 min to call home              | timer.set     | {"seconds":1200,"label":"call home"}
          Remind me in 20 min to call Home.             | timer.set     | {"seconds":1200,"label":"call Home"}
          remind me to call home in 20 min              | timer.set     | {"label":"call home","seconds":1200}
          remind me to put milk in the fridge in 1 hour | timer.set     | {"label":"put milk in the fridge","seconds":3600}
          in 5 minutes remind me to stretch             | timer.set     | {"seconds":300,"label":"stretch"}
          hey syris, remind me in an hour               | timer.set     | {"seconds":3600}
          """)
  void shouldReadACommand(String text, String intent, String args) {
    // When
    FastMatch match = fastPath.match(text);

    // Then
    assertThat(match).isInstanceOf(FastMatch.Matched.class);
    assertThat(((FastMatch.Matched) match).intent().name()).isEqualTo(intent);
    assertThat(((FastMatch.Matched) match).args()).hasToString(args);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "hello",
        "the noop",
        "status report of the garden",
        "set a timer",
        "set a timer for",
        "set a timer for ever",
        "set a timer for 10",
        "I set a timer for 10 minutes yesterday",
        "remind me to call home",
        "timer",
        "noops",
        "set a timer for 1h30"
      })
  void shouldLeaveAloneWhatIsNoCommand(String text) {
    assertThat(fastPath.match(text)).isEqualTo(FastMatch.UNMATCHED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set a timer for 0 minutes",
        "remind me in 2 years to retire",
        "set a timer for 0.1 seconds"
      })
  void shouldSayWhyWhenACommandCantBeMeant(String text) {
    // When
    FastMatch match = fastPath.match(text);

    // Then
    assertThat(match).isInstanceOf(FastMatch.NearMiss.class);
    assertThat(((FastMatch.NearMiss) match).why()).startsWith("the duration \"");
  }

  @Test
  void shouldLeaveAloneWhatIsTooLongForACommand() {
    assertThat(fastPath.match("noop " + "x".repeat(500))).isEqualTo(FastMatch.UNMATCHED);
    assertThat(fastPath.match("noop" + " x".repeat(100))).isEqualTo(FastMatch.UNMATCHED);
  }

  @Test
  @Timeout(5)
  void shouldStayQuickWhenATextInvitesBacktracking() {
    // Given
    String invites = "remind me to " + "in 1 ".repeat(38);
    String another = "set " + "timer for 1 ".repeat(24);

    // When
    long start = System.nanoTime();
    for (int i = 0; i < 1000; i++) {
      fastPath.match(invites);
      fastPath.match(another);
    }

    // Then
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{x:text} {y:text} {z:text}", "{x:number}", "[open", "a}b"})
  void shouldRefuseATableThatCantBeRead(String phrase) {
    // Given
    var intent = new Intent("x", "x", "x", List.of(), RiskLevel.LOW, List.of(phrase));

    // When, Then
    assertThatThrownBy(() -> FastPath.of(new PatternTable(Set.of(), Set.of(), List.of(intent))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
