package dev.syris.rules.match;

import static dev.syris.rules.rule.TestRules.event;
import static dev.syris.rules.rule.TestRules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.rules.rule.Rule;
import dev.syris.rules.setting.RuleSettings;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleIndexTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  @Test
  void shouldGiveRulesByPriorityThenId() {
    // Given
    var index =
        RuleIndex.of(
            List.of(
                rule("c", 1, "{}"),
                rule("b", 1, "{'priority':5,'conditions':" + is("on") + "}"),
                rule("a", 1, "{}"),
                rule("d", 1, "{'enabled':false}")));

    // When
    List<Rule> matching = index.matches(event("{'state':'on'}"), RuleSettings.DEFAULT.at(NOW));

    // Then
    assertThat(matching).extracting(Rule::ruleId).containsExactly("b", "a", "c");
    assertThat(index.size()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          {'field':'content.structured.a','op':'eq','value':1}                        | {'a':1.0}         | true
          {'field':'content.structured.a','op':'eq','value':1}                        | {'a':'1'}         | false
          {'field':'content.structured.a','op':'in','value':['x',true]}               | {'a':true}        | true
          {'field':'content.structured.a.0.b','op':'eq','value':'x'}                  | {'a':[{'b':'x'}]} | true
          {'field':'content.structured.a.00.b','op':'eq','value':'x'}                 | {'a':[{'b':'x'}]} | false
          {'any':[{'field':'content.structured.a','op':'eq','value':1},{'field':'content.structured.b','op':'eq','value':2}]} | {'b':2} | true
          {'any':[{'field':'content.structured.a','op':'eq','value':1},{'field':'content.structured.b','op':'gt','value':2}]} | {'b':3} | true
          {'none':[{'field':'content.structured.a','op':'eq','value':1}]}             | {'b':3}           | true
          {'none':[{'field':'content.structured.a','op':'eq','value':1}]}             | {'a':1}           | false
          {'field':'content.structured.a','op':'neq','value':1}                       | {}                | false
          {'field':'content.structured.a','op':'not_exists'}                          | {}                | true
          """)
  void shouldMatch(String conditions, String structured, boolean expected) {
    // Given
    var index = RuleIndex.of(List.of(rule("{'conditions':" + conditions + "}")));

    // When / Then
    assertThat(index.matches(event(structured), RuleSettings.DEFAULT.at(NOW)))
        .hasSize(expected ? 1 : 0);
  }

  @Test
  void shouldSayThatThereIsNothingToAsk() {
    assertThat(RuleIndex.EMPTY.isEmpty()).isTrue();
    assertThat(RuleIndex.of(List.of(rule("{'enabled':false}"))).isEmpty()).isTrue();
  }

  private static String is(String state) {
    return "{'field':'content.structured.state','op':'eq','value':'%s'}".formatted(state);
  }
}
