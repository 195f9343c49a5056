package dev.syris.rules.match;

import static dev.syris.rules.rule.TestRules.event;
import static dev.syris.rules.rule.TestRules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.rules.setting.RuleSettings;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          {'all':[{'field':'content.structured.lux','op':'lt','value':10},{'field':'content.structured.s','op':'eq','value':'on'}]} | /conditions/all/1 | content.structured.s is "off": eq "on" does not hold
          {'field':'content.structured.nope','op':'eq','value':1}    | /conditions        | content.structured.nope is not there: eq the number 1 does not hold
          {'field':'content.structured.nope','op':'exists'}          | /conditions        | content.structured.nope is not there: exists does not hold
          {'any':[{'field':'content.structured.lux','op':'gt','value':10},{'field':'content.structured.s','op':'eq','value':'on'}]} | /conditions/any/0 | content.structured.lux is "5": gt the number 10 does not hold
          {'none':[{'field':'content.structured.lux','op':'gt','value':10},{'field':'content.structured.s','op':'matches','value':'o*'}]} | /conditions/none/1 | content.structured.s is "off": matches "o*" holds, and none may
          {'none':[{'none':[{'field':'content.structured.s','op':'eq','value':'x'}]}]} | /conditions/none/0/none/0 | content.structured.s is "off": eq "x" does not hold
          {'autonomy_gte':'A3'}                                      | /conditions        | autonomy_gte was "A2", and the condition does not hold
          {'system_status':'down'}                                   | /conditions        | system_status was "healthy", and the condition does not hold
          {'time_window':{'days':['mon'],'start':'11:00','end':'12:00','timezone':'UTC'}} | /conditions | the time was "2026-11-23T10:00:00.000Z", and the condition does not hold
          """)
  void shouldNameTheFirstThatStandsInTheWay(String conditions, String pointer, String message) {
    // When
    Explanation explanation =
        Explanation.of(
            rule("{'conditions':" + conditions + "}"),
            event("{'lux':'5','s':'off'}"),
            RuleSettings.DEFAULT.at(NOW));

    // Then
    var unmet = (Explanation.Unmet) explanation;
    assertThat(unmet.pointer()).isEqualTo(pointer);
    assertThat(unmet.message()).isEqualTo(message);
  }

  @Test
  void shouldShowTheValuesThemselves() {
    // When
    var unmet =
        (Explanation.Unmet)
            Explanation.of(
                rule("{'conditions':{'field':'content.structured.s','op':'in','value':['a','b']}}"),
                event("{'s':{'deep':1}}"),
                RuleSettings.DEFAULT.at(NOW));

    // Then
    assertThat(unmet.path()).isEqualTo("content.structured.s");
    assertThat(unmet.op()).isEqualTo("in");
    assertThat(unmet.wanted().toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(unmet.seen().toString()).isEqualTo("{\"deep\":1}");
  }

  @Test
  void shouldSayThatAllHolds() {
    assertThat(Explanation.of(rule("{}"), event("{}"), RuleSettings.DEFAULT.at(NOW)))
        .isInstanceOf(Explanation.Holds.class);
  }
}
