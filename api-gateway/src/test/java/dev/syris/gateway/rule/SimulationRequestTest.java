package dev.syris.gateway.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.json.Json;
import dev.syris.gateway.fixture.TaskRows;
import dev.syris.gateway.rule.SimulationRequest.Reading;
import dev.syris.platform.problem.ProblemException.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class SimulationRequestTest {

  @Test
  void shouldTakeARuleThatIsNotKept() {
    // Given
    ObjectNode body = period().set("rule", TaskRows.doorRule(5));
    // When
    Reading reading = SimulationRequest.read(Json.bytes(body));
    // Then
    assertThat(reading)
        .isInstanceOfSatisfying(
            Reading.Valid.class,
            valid -> {
              assertThat(valid.request().rule().restraint().debounceMs()).isEqualTo(5);
              assertThat(valid.request().ruleId()).isNull();
            });
  }

  @Test
  void shouldTakeTheIdOfOneThatIs() {
    // When
    Reading reading = SimulationRequest.read(Json.bytes(period().put("rule_id", "doors")));
    // Then
    assertThat(reading)
        .isInstanceOfSatisfying(
            Reading.Valid.class, valid -> assertThat(valid.request().ruleId()).isEqualTo("doors"));
  }

  @Test
  void shouldPointIntoTheRule() {
    // Given
    ObjectNode rule = TaskRows.doorRule(0);
    rule.withObject("/conditions").put("op", "like");
    // When / Then
    assertThat(pointers(period().set("rule", rule))).containsExactly("/rule/conditions/op");
  }

  @Test
  void shouldAskForExactlyOneRule() {
    assertThat(pointers(period())).containsExactly("/rule");
    ObjectNode both = period().put("rule_id", "doors").set("rule", TaskRows.doorRule(0));
    assertThat(pointers(both)).containsExactly("/rule");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T00:00:00Z, 2026-01-02T00:00:00Z, /until",
    "2026-01-02T00:00:00Z, 2026-01-01T00:00:00Z, /until",
    "2026-01-01T00:00:00Z, 2026-02-01T00:00:00.001Z, /until",
    "yesterday, 2026-02-01T00:00:00Z, /since"
  })
  void shouldRefuseATimeThatIsNoneOrTooLong(String since, String until, String pointer) {
    ObjectNode body = Json.object().put("rule_id", "doors").put("since", since).put("until", until);
    assertThat(pointers(body)).containsExactly(pointer);
  }

  @Test
  void shouldTakeAMonthAndNameWhatItDoesNotKnow() {
    assertThat(pointers(period().put("rule_id", "doors").put("dry", true))).containsExactly("/dry");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"rule_id\": \"a\", \"rule_id\": \"b\"}"})
  void shouldSayThatTheBodyIsNoJson(String body) {
    assertThat(SimulationRequest.read(body.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Reading.Malformed.class);
  }

  private static List<String> pointers(ObjectNode body) {
    return SimulationRequest.read(Json.bytes(body)) instanceof Reading.Invalid(var errors)
        ? errors.stream().map(FieldError::pointer).toList()
        : List.of();
  }

  private static ObjectNode period() {
    return Json.object().put("since", "2026-01-01T00:00:00Z").put("until", "2026-02-01T00:00:00Z");
  }
}
