package dev.syris.rules.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class RuleYamlTest {

  private static final String RULE =
      """
      name: Light in the hall
      conditions:
        all:
          - {field: content.structured.state, op: eq, value: "on"}
          - {field: content.structured.lux, op: lt, value: 10.5}
      debounce_ms: 60000
      actions:
        - type: call_tool
          tool: mcp.home
          action: turn_on
          args: {entity: "${content.structured.lamp}", at: 2026-01-01}
      """;

  @Test
  void shouldReadTheJsonItStandsFor() {
    // When
    ObjectNode json = accepted(RULE).json();

    // Then
    assertThat(json)
        .isEqualTo(
            TestRules.json(
                """
                {'name':'Light in the hall','conditions':{'all':[
                  {'field':'content.structured.state','op':'eq','value':'on'},
                  {'field':'content.structured.lux','op':'lt','value':10.5}]},
                 'debounce_ms':60000,'actions':[{'type':'call_tool','tool':'mcp.home',
                 'action':'turn_on','args':{'entity':'${content.structured.lamp}','at':'2026-01-01'}}]}
                """));
    assertThat(RuleReader.read(json, "r", 1)).isInstanceOf(RuleReading.Accepted.class);
  }

  @Test
  void shouldTellLineAndColumnOfAProblem() {
    // Given
    YamlReading.Accepted yaml = accepted(RULE.replace("lt, value: 10.5", "lt, value: dark"));
    var rejected = (RuleReading.Rejected) RuleReader.read(yaml.json(), "r", 1);

    // When
    List<PlacedProblem> problems = yaml.places().place(rejected.problems());

    // Then
    assertThat(problems).singleElement();
    assertThat(problems.getFirst().line()).isEqualTo(5);
    assertThat(problems.getFirst().column()).isEqualTo(47);
    assertThat(problems.getFirst().pointer()).isEqualTo("/conditions/all/1/value");
    assertThat(problems.getFirst()).asString().startsWith("line 5, column 47: /conditions/all/1");
  }

  @Test
  void shouldTellWhereSomethingIsMissing() {
    // Given
    YamlReading.Accepted yaml = accepted(RULE.replace("    tool: mcp.home\n", ""));
    var rejected = (RuleReading.Rejected) RuleReader.read(yaml.json(), "r", 1);

    // When / Then
    assertThat(yaml.places().place(rejected.problems()))
        .singleElement()
        .extracting(PlacedProblem::line)
        .isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"on", "off", "yes", "no", "On", "TRUE", "010", "0x10", "1_000", "12:30", ".inf"})
  void shouldRefuseWhatPeopleAndYamlReadDifferently(String value) {
    // When
    List<PlacedProblem> problems = problems("name: x\npriority: " + value + "\n");

    // Then
    assertThat(problems)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(2);
              assertThat(problem.pointer()).isEqualTo("/priority");
              assertThat(problem.message()).contains("quotes for a text");
            });
  }

  @Test
  void shouldReadAgainWhatItWrites() {
    // Given
    ObjectNode rule =
        TestRules.rule(
                """
                {'name':'on','key':'${actor.id}','debounce_ms':5,
                 'conditions':{'all':[{'field':'content.text','op':'in','value':['010','yes',1.50,true,'é: #','a\\nb','','2026-01-01','~','1e3']}]}}
                """)
            .written();

    // When
    String text = RuleYaml.write(rule);

    // Then
    assertThat(Json.bytes(accepted(text).json())).isEqualTo(Json.bytes(rule));
  }

  private static YamlReading.Accepted accepted(String yaml) {
    return switch (RuleYaml.read(yaml)) {
      case YamlReading.Accepted accepted -> accepted;
      case YamlReading.Rejected rejected -> throw new AssertionError(rejected.toString());
    };
  }

  static List<PlacedProblem> problems(String yaml) {
    return RuleYaml.read(yaml) instanceof YamlReading.Rejected(var problems) ? problems : List.of();
  }
}
