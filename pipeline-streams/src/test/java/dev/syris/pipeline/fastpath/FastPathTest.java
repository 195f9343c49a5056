package dev.syris.pipeline.fastpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syris.contracts.event.Locality;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.routing.RiskLevel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class FastPathTest {

  private static final Locality CONTEXT = new Locality("Europe/Berlin", null, null);

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
          wake me up in 20 minutes                      | timer.set     | {"seconds":1200}
          what's scheduled                              | schedule.list | {}
          What’s scheduled?                             | schedule.list | {}
          what is scheduled                             | schedule.list | {}
          list my schedules                             | schedule.list | {}
          list timers                                   | schedule.list | {}
          show my timers                                | schedule.list | {}
          show schedules                                | schedule.list | {}
          Please show me all my schedules, thanks       | schedule.list | {}
          """)
  void shouldReadACommand(String text, String intent, String args) {
    // When
    FastMatch match = fastPath.match(text, CONTEXT);

    // Then
    assertThat(match).isInstanceOf(FastMatch.Matched.class);
    assertThat(((FastMatch.Matched) match).intent().name()).isEqualTo(intent);
    assertThat(((FastMatch.Matched) match).args()).hasToString(args);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          wake me at 7:15                                | 07:15 | |
          wake me up at 7                                | 07:00 | |
          Wake me at 7:15 am.                            | 07:15 | |
          wake me up at noon                             | 12:00 | |
          set an alarm for 6:30                          | 06:30 | |
          set an alarm at 22:00                          | 22:00 | |
          set alarm for midnight                         | 00:00 | |
          alarm at 7 pm                                  | 19:00 | |
          hey syris, set my alarm for half past 7 please | 07:30 | |
          set an alarm for 6:30 to take the Bread out    | 06:30 | | take the Bread out
          wake me at 5 to 7 to go running                | 06:55 | | go running
          wake me at 7 to take 5 to school               | 07:00 | | take 5 to school
          set an alarm called "time for bed" at 10 pm    | 22:00 | | time for bed
          alarm for 9 named standup                      | 09:00 | | standup
          wake me tomorrow at 7                          | 07:00 | tomorrow |
          wake me up at 7 tomorrow                       | 07:00 | tomorrow |
          set an alarm for tomorrow at 7:30 am           | 07:30 | tomorrow |
          set an alarm today at 18:00 to feed the cat    | 18:00 | today    | feed the cat
          wake me tomorrow at 7 to plan for Monday       | 07:00 | tomorrow | plan for Monday
          set an alarm for 7 to set a timer for 5 min    | 07:00 | | set a timer for 5 min
          """)
  void shouldReadAnAlarm(String text, String time, @Nullable String date, @Nullable String label) {
    // Given
    ObjectNode args = Json.object().put("time", time).put("timezone", "Europe/Berlin");
    if (date != null) {
      args.put("date", date);
    }
    if (label != null) {
      args.put("label", label);
    }

    // When
    FastMatch match = fastPath.match(text, CONTEXT);

    // Then
    assertThat(match).isInstanceOf(FastMatch.Matched.class);
    assertThat(((FastMatch.Matched) match).intent().name()).isEqualTo("alarm.set");
    assertThat(((FastMatch.Matched) match).args()).isEqualTo(args);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          wake me at 25:00                    | the time "25:00" is not on a 24-hour clock
          set an alarm for 7:60 to eat        | the time "7:60" is not on a 24-hour clock
          alarm at 13 pm                      | the time "13 pm" is not on a 12-hour clock
          wake me at 7 to go running tomorrow | the day in "go running tomorrow" is not beside the time
          wake me at 7 to run on Mondays      | the day in "run on Mondays" is not beside the time
          wake me at 7 to run every morning   | the day in "run every morning" is not beside the time
          set an alarm called tea today at 7  | the day in "tea today" is not beside the time
          """)
  void shouldSayWhyWhenAnAlarmCantBeMeant(String text, String why) {
    // When
    FastMatch match = fastPath.match(text, CONTEXT);

    // Then
    assertThat(match).isInstanceOf(FastMatch.NearMiss.class);
    assertThat(((FastMatch.NearMiss) match).why()).isEqualTo(why);
  }

  @Test
  void shouldSetNoAlarmWhenNobodyKnowsTheTimeZone() {
    // When
    FastMatch match = fastPath.match("wake me at 7", Locality.UNKNOWN);

    // Then
    assertThat(match).isInstanceOf(FastMatch.NearMiss.class);
    assertThat(((FastMatch.NearMiss) match).why())
        .isEqualTo("the time zone of its actor is not known");
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
        "set a timer for 1h30",
        "wake me",
        "wake me up",
        "wake me at",
        "wake me at dawn",
        "wake me at 7 on monday",
        "wake me at 7 for monday",
        "wake me at 5 to 7 people",
        "wake me at ten to eight in the morning",
        "don't wake me at 7",
        "I set an alarm for 6:30",
        "set an alarm for 10 minutes",
        "set the burglar alarm for 22:00",
        "alarm",
        "alarm 7",
        "alarm at the back door",
        "alarm at 7 pm yesterday",
        "list",
        "show",
        "list my schedules for monday",
        "what's scheduled tomorrow",
        "what is scheduled maintenance",
        "show my timer",
        "list alarms"
      })
  void shouldLeaveAloneWhatIsNoCommand(String text) {
    assertThat(fastPath.match(text, CONTEXT)).isEqualTo(FastMatch.UNMATCHED);
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
    FastMatch match = fastPath.match(text, CONTEXT);

    // Then
    assertThat(match).isInstanceOf(FastMatch.NearMiss.class);
    assertThat(((FastMatch.NearMiss) match).why()).startsWith("the duration \"");
  }

  @Test
  void shouldLeaveAloneWhatIsTooLongForACommand() {
    assertThat(fastPath.match("noop " + "x".repeat(500), CONTEXT)).isEqualTo(FastMatch.UNMATCHED);
    assertThat(fastPath.match("noop" + " x".repeat(100), CONTEXT)).isEqualTo(FastMatch.UNMATCHED);
  }

  @Test
  @Timeout(5)
  void shouldStayQuickWhenATextInvitesBacktracking() {
    // Given
    String invites = "remind me to " + "in 1 ".repeat(38);
    String another = "set " + "timer for 1 ".repeat(24);
    String third = "set an alarm called " + "for 7 ".repeat(38);

    // When
    long start = System.nanoTime();
    for (int i = 0; i < 1000; i++) {
      fastPath.match(invites, CONTEXT);
      fastPath.match(another, CONTEXT);
      fastPath.match(third, CONTEXT);
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
