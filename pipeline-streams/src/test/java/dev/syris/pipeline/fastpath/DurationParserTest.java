package dev.syris.pipeline.fastpath;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationParserTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10 minutes                     | 600
          1h30m                          | 5400
          1h 30m                         | 5400
          1 h 30 min                     | 5400
          20 min                         | 1200
          90 seconds                     | 90
          90s                            | 90
          1 second                       | 1
          a minute                       | 60
          an hour                        | 3600
          one hour                       | 3600
          half an hour                   | 1800
          half hour                      | 1800
          a half hour                    | 1800
          an hour and a half             | 5400
          one hour and a half            | 5400
          an hour and a quarter          | 4500
          one and a half hours           | 5400
          two and a half hours           | 9000
          2 and a half minutes           | 150
          a quarter of an hour           | 900
          quarter of an hour             | 900
          three quarters of an hour      | 2700
          an hour and 20 minutes         | 4800
          an hour, 20 minutes and 5 sec  | 4805
          an hour and half a minute      | 3630
          an hour and a half minute      | 3630
          1.5 hours                      | 5400
          0.5 min                        | 30
          1½ hours                       | 5400
          ½ hour                         | 1800
          2 ½ hours                      | 9000
          twenty-five minutes            | 1500
          twenty five minutes            | 1500
          ninety seconds                 | 90
          10-minute                      | 600
          2 days                         | 172800
          a week                         | 604800
          1 year                         | 31536000
          365 days                       | 31536000
          """)
  void shouldReadADuration(String text, long seconds) {
    assertThat(parse(text)).isEqualTo(new SpokenDuration.Exactly(seconds));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 minutes          | no time at all
          zero seconds       | no time at all
          0h0m               | no time at all
          366 days           | longer than 365 days
          2 years            | longer than 365 days
          999999999999 weeks | longer than 365 days
          1 year 1 second    | longer than 365 days
          1.3 seconds        | finer than a second
          half a second      | finer than a second
          """)
  void shouldSayWhyWhenADurationIsAbsurd(String text, String why) {
    assertThat(parse(text)).isEqualTo(new SpokenDuration.Absurd(why));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "10", "minutes", "soon", "10 minutes ago", "10 10 minutes", "20 5 minutes",
            "-5 minutes x", "and 5 minutes",
        "5 minutes and", "30m 1h", "5 minutes 5 minutes", "1:30", "1e9 s", "half", "a", "of",
            "quarter",
        "2 half hours", "1h30", "9999999999999 s", "1..5 hours", "٣ minutes"
      })
  void shouldReadNothingWhenItIsNoDuration(String text) {
    assertThat(parse(text)).isEqualTo(SpokenDuration.NONE);
  }

  private static SpokenDuration parse(String text) {
    return DurationParser.parse(Token.split(text).orElseThrow());
  }
}
