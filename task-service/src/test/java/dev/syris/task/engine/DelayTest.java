package dev.syris.task.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.json.Json;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DelayTest {

  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "PT90S"                             | 2026-03-01T08:01:30Z
          "PT0S"                              | 2026-03-01T08:00:00Z
          "PT0.25S"                           | 2026-03-01T08:00:00.250Z
          "P1DT1H"                            | 2026-03-02T09:00:00Z
          "P366D"                             | 2027-03-02T08:00:00Z
          "2026-03-01T10:00:00Z"              | 2026-03-01T10:00:00Z
          "2026-03-01T10:00:00+02:00"         | 2026-03-01T08:00:00Z
          "2020-01-01T00:00:00Z"              | 2020-01-01T00:00:00Z
          {"seconds": 5}                      | 2026-03-01T08:00:05Z
          {"seconds": 0}                      | 2026-03-01T08:00:00Z
          {"until": "2026-03-01T10:00:00Z"}   | 2026-03-01T10:00:00Z
          """)
  void shouldTellWhenItIsOver(String wait, Instant end) {
    assertThat(Delay.read(Json.mapper().readTree(wait), NOW))
        .isEqualTo(new Delay.Reading.Until(end));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\"",
        "\"soon\"",
        "\"PT\"",
        "\"-PT5S\"",
        "\"PT-5S\"",
        "\"P1M\"",
        "\"P367D\"",
        "\"PT99999999999999999999S\"",
        "\"P99999999999999999D\"",
        "\"2026-03-01\"",
        "\"2026-13-01T00:00:00Z\"",
        "\"2028-01-01T00:00:00Z\"",
        "5",
        "null",
        "true",
        "[]",
        "{}",
        "{\"seconds\": -1}",
        "{\"seconds\": 1.5}",
        "{\"seconds\": \"5\"}",
        "{\"seconds\": 99999999999}",
        "{\"until\": 5}",
        "{\"until\": \"PT5S\"}",
        "{\"seconds\": 5, \"until\": \"2026-03-01T10:00:00Z\"}",
        "{\"minutes\": 5}"
      })
  void shouldSayWhyThatCannotBeTold(String wait) {
    assertThat(Delay.read(Json.mapper().readTree(wait), NOW))
        .isInstanceOf(Delay.Reading.Wrong.class);
  }
}
