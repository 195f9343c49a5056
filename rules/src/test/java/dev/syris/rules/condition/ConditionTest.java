package dev.syris.rules.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.control.SystemStatus;
import dev.syris.contracts.json.Json;
import dev.syris.rules.condition.ConditionReading.Accepted;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ConditionTest {

  private static final Surroundings NOON =
      new Surroundings(
          Instant.parse("2026-01-31T12:00:00Z"), AutonomyLevel.A2, SystemStatus.HEALTHY);

  private static final JsonNode DOCUMENT =
      Json.strict()
          .readTree(
              """
              {"content": {"text": "Motion in the kitchen", "structured":
                {"entity_id": "binary_sensor.kitchen_motion", "state": "21.50", "off": false, "on": true, "n": 7, "f": 7.0,
                 "huge": 1e400, "tags": ["night", 3, true, null, "3"], "empty": "", "none": null, "list": [], "o": {"a": 1},
                 "unavailable": "unavailable", "negative": "-0.5", "smile": "😀!"}}}
              """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          state       | eq           | "21.50"                | true
          state       | eq           | "21.5"                 | false
          state       | eq           | 21.5                   | false
          n           | eq           | 7                      | true
          n           | eq           | 7.0                    | true
          f           | eq           | 7                      | true
          f           | eq           | 70e-1                  | true
          n           | eq           | "7"                    | false
          on          | eq           | true                   | true
          on          | eq           | "true"                 | false
          empty       | eq           | ""                     | true
          o           | eq           | "a"                    | false
          list        | eq           | ""                     | false
          none        | eq           | "null"                 | false
          gone        | eq           | ""                     | false
          huge        | eq           | 1e400                  | true
          huge        | eq           | 1e401                  | false
          state       | neq          | "off"                  | true
          state       | neq          | "21.50"                | false
          state       | neq          | 21.5                   | true
          o           | neq          | 1                      | true
          none        | neq          | "x"                    | false
          gone        | neq          | "x"                    | false
          n           | in           | [1, 7.00, "x"]         | true
          n           | in           | ["7"]                  | false
          state       | in           | ["on", "21.50"]        | true
          list        | in           | ["on"]                 | false
          gone        | in           | ["on"]                 | false
          off         | in           | [true, false]          | true
          n           | not_in       | [1, 2]                 | true
          n           | not_in       | [7]                    | false
          o           | not_in       | [7]                    | true
          none        | not_in       | [7]                    | false
          gone        | not_in       | [7]                    | false
          entity_id   | contains     | "kitchen"              | true
          entity_id   | contains     | "Kitchen"              | false
          entity_id   | contains     | ""                     | true
          entity_id   | contains     | 3                      | false
          tags        | contains     | "night"                | true
          tags        | contains     | "nigh"                 | false
          tags        | contains     | 3.0                    | true
          tags        | contains     | true                   | true
          tags        | contains     | "true"                 | false
          list        | contains     | "x"                    | false
          o           | contains     | "a"                    | false
          n           | contains     | 7                      | false
          gone        | contains     | "x"                    | false
          entity_id   | not_contains | "attic"                | true
          entity_id   | not_contains | "kitchen"              | false
          tags        | not_contains | "day"                  | true
          n           | not_contains | 7                      | true
          none        | not_contains | "x"                    | false
          gone        | not_contains | "x"                    | false
          entity_id   | matches      | "binary_sensor.*"      | true
          entity_id   | matches      | "*.kitchen_?otion"     | true
          entity_id   | matches      | "kitchen"              | false
          entity_id   | matches      | "binary.sensor*"       | false
          smile       | matches      | "?!"                   | true
          empty       | matches      | "*"                    | true
          n           | matches      | "*"                    | false
          gone        | matches      | "*"                    | false
          state       | gt           | 21                     | true
          state       | gt           | "21.4"                 | true
          state       | gt           | 21.5                   | false
          state       | gte          | 21.5                   | true
          state       | lt           | 100                    | true
          state       | lte          | "21.50"                | true
          state       | lt           | 3                      | false
          negative    | lt           | 0                      | true
          negative    | gte          | -1                     | true
          n           | lte          | 7                      | true
          huge        | gt           | 1e399                  | true
          unavailable | lt           | 5                      | false
          unavailable | gte          | 5                      | false
          empty       | lt           | 5                      | false
          on          | gt           | 0                      | false
          tags        | gt           | 0                      | false
          none        | lt           | 5                      | false
          gone        | lt           | 5                      | false
          state       | exists       |                        | true
          empty       | exists       |                        | true
          off         | exists       |                        | true
          list        | exists       |                        | true
          none        | exists       |                        | false
          gone        | exists       |                        | false
          n.x         | exists       |                        | false
          tags.0      | exists       |                        | true
          tags.5      | exists       |                        | false
          state       | not_exists   |                        | false
          none        | not_exists   |                        | true
          gone        | not_exists   |                        | true
          gone.deeper | not_exists   |                        | true
          """)
  void shouldCompareAField(String field, String operator, String value, boolean holds) {
    // Given
    String json =
        "{\"field\": \"content.structured.%s\", \"op\": \"%s\"%s}"
            .formatted(field, operator, value == null ? "" : ", \"value\": " + value);

    // When
    boolean held = read(json).holds(DOCUMENT, NOON);

    // Then
    assertThat(held).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          {"all":  [T]}                                      | true
          {"all":  [T, F]}                                   | false
          {"any":  [F, T]}                                   | true
          {"any":  [F, F]}                                   | false
          {"none": [F, F]}                                   | true
          {"none": [F, T]}                                   | false
          {"all":  [{"any": [F, {"none": [F]}]}, T]}         | true
          {"none": [{"none": [{"none": [{"none": [{"none": [F]}]}]}]}]} | true
          {"none": [{"none": [{"none": [{"none": [{"none": [T]}]}]}]}]} | false
          """)
  void shouldCombine(String pattern, boolean holds) {
    // Given
    String json =
        pattern
            .replace("[T", "[{\"field\":\"content.text\",\"op\":\"exists\"}")
            .replace(" T", " {\"field\":\"content.text\",\"op\":\"exists\"}")
            .replace("[F", "[{\"field\":\"content.text\",\"op\":\"not_exists\"}")
            .replace(" F", " {\"field\":\"content.text\",\"op\":\"not_exists\"}");

    // When
    boolean held = read(json).holds(DOCUMENT, NOON);

    // Then
    assertThat(held).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          {"autonomy_gte": "A0"}         | true
          {"autonomy_gte": "A2"}         | true
          {"autonomy_gte": "A3"}         | false
          {"system_status": "healthy"}   | true
          {"system_status": "degraded"}  | false
          {"time_window": {"days": ["Sat"], "start": "11:00", "end": "13:00", "timezone": "UTC"}}    | true
          {"time_window": {"days": ["sunday"], "start": "11:00", "end": "13:00", "timezone": "UTC"}} | false
          {"time_window": {"days": ["sat"], "start": "12:30:00", "end": "24:00", "timezone": "Europe/Berlin"}} | true
          """)
  void shouldAskItsSurroundings(String json, boolean holds) {
    // When
    boolean held = read(json).holds(DOCUMENT, NOON);

    // Then
    assertThat(held).isEqualTo(holds);
  }

  @Test
  void shouldNotHoldForNumbersThatAreNone() {
    // Given
    JsonNode document =
        Json.object().put("nan", Double.NaN).put("infinite", Float.POSITIVE_INFINITY);

    // When
    boolean held =
        read("{\"any\":[{\"field\":\"nan\",\"op\":\"gte\",\"value\":0},"
                + "{\"field\":\"infinite\",\"op\":\"gt\",\"value\":0},"
                + "{\"field\":\"nan\",\"op\":\"eq\",\"value\":0}]}")
            .holds(document, NOON);

    // Then
    assertThat(held).isFalse();
  }

  private static Condition read(String json) {
    return ((Accepted) ConditionReader.read(Json.strict().readTree(json))).condition();
  }
}
