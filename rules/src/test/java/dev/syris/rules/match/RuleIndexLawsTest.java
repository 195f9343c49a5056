package dev.syris.rules.match;

import static dev.syris.rules.rule.TestRules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.control.SystemStatus;
import dev.syris.rules.condition.Surroundings;
import dev.syris.rules.rule.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;

class RuleIndexLawsTest {

  private static final Surroundings NOW =
      new Surroundings(
          Instant.parse("2026-11-23T10:00:00Z"), AutonomyLevel.A2, SystemStatus.HEALTHY);

  @Property(tries = 1000)
  void shouldFindWhatAskingEachRuleFinds(
      @ForAll("rules") List<Rule> rules, @ForAll("events") JsonNode event) {
    // When
    List<Rule> found = RuleIndex.of(rules).matches(event, NOW);

    // Then
    assertThat(found)
        .isEqualTo(
            rules.stream()
                .filter(Rule::enabled)
                .filter(rule -> rule.conditions().holds(event, NOW))
                .sorted(
                    Comparator.comparingInt(Rule::priority).reversed().thenComparing(Rule::ruleId))
                .toList());
  }

  @Property(tries = 1000)
  void shouldExplainEveryRuleThatDoesNotMatchByOneThatStandsInTheWay(
      @ForAll("rules") List<Rule> rules, @ForAll("events") JsonNode event) {
    for (Rule rule : rules) {
      // When
      Explanation explanation = Explanation.of(rule, event, NOW);

      // Then
      boolean holds = rule.conditions().holds(event, NOW);
      assertThat(explanation instanceof Explanation.Holds).isEqualTo(holds);
      if (explanation instanceof Explanation.Unmet unmet) {
        JsonNode leaf = rule.written().at(unmet.pointer());
        assertThat(leaf.has("field") || leaf.has("autonomy_gte") || leaf.has("system_status"))
            .isTrue();
        assertThat(unmet.message()).endsWith(unmet.forbidden() ? "none may" : "does not hold");
      }
    }
  }

  @Provide
  Arbitrary<List<Rule>> rules() {
    Arbitrary<String> rule =
        Combinators.combine(
                condition(3),
                Arbitraries.integers().between(-2, 2),
                Arbitraries.of(true, true, false))
            .as("{'conditions':%s,'priority':%d,'enabled':%b}"::formatted);
    return rule.list()
        .ofMaxSize(12)
        .map(
            all -> {
              var rules = new ArrayList<Rule>();
              all.forEach(json -> rules.add(rule("r" + rules.size(), 1, json)));
              return rules;
            });
  }

  @Provide
  Arbitrary<JsonNode> events() {
    Arbitrary<String> value =
        Arbitraries.of(
            "1",
            "1.0",
            "2",
            "'1'",
            "'on'",
            "true",
            "null",
            "[1,'on']",
            "{'b':1}",
            "{'b':'on'}",
            "[{'b':2}]");
    return Combinators.combine(value, value, value)
        .as("{'a':%s,'b':%s,'c':%s}"::formatted)
        .map(dev.syris.rules.rule.TestRules::event);
  }

  private static Arbitrary<String> condition(int depth) {
    Arbitrary<String> leaf = leaf();
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<String> group =
        Combinators.combine(
                Arbitraries.of("all", "any", "none"),
                condition(depth - 1).list().ofMinSize(1).ofMaxSize(2))
            .as((kind, parts) -> "{'%s':[%s]}".formatted(kind, String.join(",", parts)));
    return Arbitraries.oneOf(leaf, group, group);
  }

  private static Arbitrary<String> leaf() {
    Arbitrary<String> path =
        Arbitraries.of("a", "b", "c", "a.b", "a.0", "a.0.b", "d")
            .map(end -> "content.structured." + end);
    Arbitrary<String> scalar = Arbitraries.of("1", "1.00", "2", "'1'", "'on'", "true");
    Arbitrary<String> test =
        Arbitraries.oneOf(
            scalar.map("'op':'eq','value':%s"::formatted),
            scalar.map("'op':'eq','value':%s"::formatted),
            scalar.map("'op':'neq','value':%s"::formatted),
            scalar.map("'op':'contains','value':%s"::formatted),
            Combinators.combine(scalar, scalar).as("'op':'in','value':[%s,%s]"::formatted),
            Combinators.combine(scalar, scalar).as("'op':'not_in','value':[%s,%s]"::formatted),
            Arbitraries.of("'op':'exists'", "'op':'not_exists'", "'op':'gte','value':1"));
    return Arbitraries.oneOf(
        Combinators.combine(path, test).as("{'field':'%s',%s}"::formatted),
        Combinators.combine(path, test).as("{'field':'%s',%s}"::formatted),
        Arbitraries.of(
            "{'autonomy_gte':'A2'}", "{'autonomy_gte':'A3'}", "{'system_status':'down'}"));
  }
}
