package dev.syris.task.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syris.contracts.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class InputSchemaTest {

  private static final InputSchema SCHEMA =
      InputSchema.parse(
          """
          {
            "type": "object",
            "properties": {
              "seconds": {"type": "integer", "minimum": 1, "maximum": 100},
              "label": {"type": "string", "minLength": 1, "maxLength": 3},
              "mode": {"type": "string", "enum": ["on", "off"]},
              "echo": {}
            },
            "required": ["seconds"],
            "additionalProperties": false
          }
          """);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"seconds\": 1}",
        "{\"seconds\": 100.0, \"label\": \"a\uD83D\uDE00b\", \"mode\": \"off\", \"echo\": [null,"
            + " {\"a\": 1}]}",
        "{\"seconds\": 1e2, \"echo\": null}"
      })
  void shouldTakeWhatFits(String args) {
    // When / Then
    assertThat(check(args)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|/seconds is required",
        "{\"seconds\": 0}|/seconds is out of range; it must be from 1 to 100",
        "{\"seconds\": 1.5}|/seconds is a number; it must be an integer",
        "{\"seconds\": 1e999999}|/seconds is a number; it must be an integer",
        "{\"seconds\": null}|/seconds is null; it must be an integer",
        "{\"seconds\": \"5\"}|/seconds is a string; it must be an integer",
        "{\"seconds\": 5, \"label\": \"\"}|/label has 0 characters; it must have from 1 to 3",
        "{\"seconds\": 5, \"label\": \"abcd\"}|/label has 4 characters; it must have from 1 to 3",
        "{\"seconds\": 5, \"mode\": \"up\"}|/mode is \"up\"; it must be one of on, off",
        "{\"seconds\": 5, \"a/b\": 1}|/a~1b is not an argument of this action"
      })
  void shouldSayWhereAndWhatWhenSomethingDoesNotFit(String args, String expected) {
    // When
    List<InputSchema.Violation> violations = check(args);
    // Then
    assertThat(violations)
        .singleElement()
        .satisfies(it -> assertThat(it.pointer() + " " + it.message()).isEqualTo(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"object\"}",
        "{\"type\": \"array\", \"additionalProperties\": false}",
        "{\"type\": \"object\", \"additionalProperties\": false, \"minProperties\": 1}",
        "{\"type\": \"object\", \"additionalProperties\": false, \"properties\": {\"a\":"
            + " {\"pattern\": \"x\"}}}"
      })
  void shouldRefuseASchemaThatPromisesMoreThanIsChecked(String schema) {
    // When / Then
    assertThatThrownBy(() -> InputSchema.parse(schema))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldGiveOutCopiesOfTheSchema() {
    // When
    SCHEMA.schema().removeAll();
    // Then
    assertThat(SCHEMA.schema().has("properties")).isTrue();
  }

  private static List<InputSchema.Violation> check(String args) {
    return SCHEMA.check((ObjectNode) Json.mapper().readTree(args));
  }
}
