package dev.syris.pipeline.fastpath;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeOfDayParserTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          7                          | 07:00 |
          07                         | 07:00 |
          0                          | 00:00 |
          23                         | 23:00 |
          7:15                       | 07:15 |
          07:15                      | 07:15 |
          0:00                       | 00:00 |
          23:59                      | 23:59 |
          7 15                       | 07:15 |
          7 am                       | 07:00 |
          7am                        | 07:00 |
          7 a.m.                     | 07:00 |
          7 PM                       | 19:00 |
          7:15pm                     | 19:15 |
          7:15 P.M.                  | 19:15 |
          12 am                      | 00:00 |
          12:30 am                   | 00:30 |
          12 pm                      | 12:00 |
          12:30 pm                   | 12:30 |
          12                         | 12:00 |
          noon                       | 12:00 |
          midday                     | 12:00 |
          midnight                   | 00:00 |
          7 o'clock                  | 07:00 |
          seven o’clock pm           | 19:00 |
          seven                      | 07:00 |
          seven thirty               | 07:30 |
          seven-thirty               | 07:30 |
          seven oh five              | 07:05 |
          twenty                     | 20:00 |
          twenty two                 | 22:00 |
          twenty-two thirty-five     | 22:35 |
          twenty thirty five         | 20:35 |
          half past seven            | 07:30 |
          half past 7 pm             | 19:30 |
          quarter past seven         | 07:15 |
          a quarter to seven         | 06:45 |
          quarter to midnight        | 23:45 |
          quarter to 1 pm            | 12:45 |
          ten to 8                   | 07:50 |
          ten past noon              | 12:10 |
          5 minutes past 7           | 07:05 |
          1 minute to 0              | 23:59 |
          tomorrow at 7              | 07:00 | tomorrow
          tomorrow 7:15              | 07:15 | tomorrow
          Tomorrow, at half past 7   | 07:30 | tomorrow
          7 tomorrow                 | 07:00 | tomorrow
          7 pm today                 | 19:00 | today
          today at noon              | 12:00 | today
          """)
  void shouldReadATime(String text, LocalTime time, @Nullable String day) {
    assertThat(parse(text)).isEqualTo(new SpokenTime.At(time, day));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          24           | not on a 24-hour clock
          24:00        | not on a 24-hour clock
          25:00        | not on a 24-hour clock
          7:60         | not on a 24-hour clock
          99 99        | not on a 24-hour clock
          twenty five  | not on a 24-hour clock
          tomorrow at 25 | not on a 24-hour clock
          13 pm        | not on a 12-hour clock
          13:30pm      | not on a 12-hour clock
          0 am         | not on a 12-hour clock
          7:60 am      | not on a 12-hour clock
          """)
  void shouldSayWhyWhenNoClockShowsIt(String text, String why) {
    assertThat(parse(text)).isEqualTo(new SpokenTime.Absurd(why));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "am",
        "7 am pm",
        "7:5",
        "7:155",
        "700",
        "7:15:00",
        "7 5",
        "seven five",
        "-7",
        "7-8",
        "7-30",
        "7.15",
        "7h15",
        "7ish",
        "7 minutes",
        "seven minutes to",
        "to 7",
        "half seven",
        "half to seven",
        "a quarter",
        "quarter 7",
        "60 past 7",
        "0 past 7",
        "10 past 7:30",
        "quarter past 25",
        "noon pm",
        "at 7",
        "7 at",
        "tomorrow",
        "tomorrow at",
        "tomorrow at 7 tomorrow",
        "7 yesterday",
        "7 on monday",
        "oh five",
        "seven oh fifteen",
        "٧",
        "7 and 8",
        "seven seven seven",
        "9999999999999"
      })
  void shouldReadNothingWhenItIsNoTime(String text) {
    assertThat(parse(text)).isEqualTo(SpokenTime.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          to 7                | true
          to seven pm         | true
          to midnight         | true
          to 30 people        | true
          to take 5 to school | false
          to                  | false
          tomorrow            | false
          called 7            | false
          """)
  void shouldKnowWhenATimeMayGoOn(String behind, boolean mayGoOn) {
    assertThat(TimeOfDayParser.mayGoOn(words(behind))).isEqualTo(mayGoOn);
  }

  private static SpokenTime parse(String text) {
    return TimeOfDayParser.parse(words(text));
  }

  private static List<Token> words(String text) {
    return Token.split(text).orElseThrow();
  }
}
