package dev.syris.task.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyReaderTest {

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of("rulez: []", "line 1, column 1: /rulez is unknown here"),
        Arguments.of("- a\n- b", "line 1, column 1: a policy is a mapping of sections"),
        Arguments.of("rules: [", "line 1, column 9: is not YAML"),
        Arguments.of(
            "rules:\n  - {tool: http, decision: perhaps}",
            "line 2, column 18: /rules/0/decision is \"perhaps\"; it must be one of allow, ask, deny"),
        Arguments.of(
            "rules:\n  - {tool: http}", "line 2, column 5: /rules/0 needs decision: one of"),
        Arguments.of(
            "rules:\n  - {tol: http, decision: ask}",
            "line 2, column 6: /rules/0/tol is unknown here; there are action, decision, tool, where"),
        Arguments.of("rules: http", "line 1, column 1: /rules must be a list"),
        Arguments.of(
            "risk:\n- tool: http\n  level: huge",
            "line 3, column 3: /risk/0/level is \"huge\"; it must be one of low, medium, high, critical"),
        Arguments.of(
            "anti_flap:\n- {tool: a, window: soon}",
            "line 2, column 13: /anti_flap/0/window is \"soon\"; write a time such as 30s, 10m, 1h"),
        Arguments.of(
            "destructive:\n- {tool: \"[a\"}",
            "line 2, column 4: /destructive/0/tool is no pattern"),
        Arguments.of(
            "destructive:\n- {tool: a, where: {arg: x}}",
            "/destructive/0/where needs either matches or equals"),
        Arguments.of(
            "destructive:\n- {tool: a, where: {arg: \"x..y\", equals: 1}}",
            "/destructive/0/where/arg is no path"),
        Arguments.of(
            "notifications: {limit_per_hour: 1.5}",
            "/notifications/limit_per_hour is 1.5; it must be a whole number from 0"),
        Arguments.of(
            "anti_flap:\n- {tool: a, window: 10}",
            "line 2, column 13: /anti_flap/0/window is 10; write a time such as 30s, 10m, 1h, with its unit"),
        Arguments.of(
            "approvals: {expire_after: 9999999d}",
            "/approvals/expire_after is \"9999999d\"; write a time such as 30s, 10m, 1h, with its unit, of at most 365d"),
        Arguments.of("approvals: {expire_after: 0s}", "/approvals/expire_after is no time at all"),
        Arguments.of(
            "risk:\n- tool:\n  level: low",
            "line 2, column 3: /risk/0/tool has no value; write one, or take the name away"),
        Arguments.of(
            "risk:\n- tool: a\n  where:\n  level: low",
            "line 3, column 3: /risk/0/where has no value"),
        Arguments.of("rules: []\na/b: 1", "line 2, column 1: /a~1b is unknown here"),
        Arguments.of(
            "blast_radius:\n- {tool: a, arg: b, limit: 010}",
            "line 2, column 28: /blast_radius/0/limit is 010; write a decimal number such as 10"),
        Arguments.of(
            "examples:\n- name: a\n  given: {tool: a, action: b, quiet: [7]}\n  expect: {decision: ask}",
            "line 3, column 39: /examples/0/given/quiet/0 is 7; it must be a text"),
        Arguments.of(
            "examples:\n- name: a\n  given: {tool: a, action: b, requested_by: {typ: rule}}",
            "/examples/0/given/requested_by/typ is unknown here; there are id, type"),
        Arguments.of("rules: []\nrules: []", "is written twice"),
        Arguments.of("rules: &a []\nrisk: *a", "/risk is an alias; write the value out"),
        Arguments.of("rules: !!set {}", "line 1, column"),
        Arguments.of(
            "blast_radius:\n- {tool: a, arg: b, limit: many}", "needs a number for limit"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void shouldSayWhereAndWhatWhenItCantBeUsed(String text, String said) {
    // When
    PolicyCheck check = PolicyCheck.of(text);
    // Then
    assertThat(check.problems()).isNotEmpty();
    assertThat(check.problems().stream().map(PolicyProblem::toString).toList())
        .anySatisfy(problem -> assertThat(problem).contains(said));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "blast_radius: [{arg: b, limit: 0x10}]",
        "destructive: [{tool: !odd http}]",
        "risk: [{tool: , level: low}]"
      })
  void shouldSayOneThingOnce(String text) {
    assertThat(PolicyCheck.of(text).problems()).hasSize(1);
  }

  @Test
  void shouldKeepWhatIsSaidSmallAndFitToKeepWhateverTheFileHolds() {
    // Given
    String text = "rules:\n- {tool: a, decision: \"\\0%s\"}".formatted("x".repeat(100_000));
    // When
    PolicyProblem problem = PolicyCheck.of(text).problems().getFirst();
    // Then
    assertThat(problem.toString()).hasSizeLessThan(1200).doesNotContain("\0");
  }

  @Test
  void shouldUseTheIntegrationAndTheRequesterOfAnExample() {
    // Given
    String text =
        """
        examples:
        - name: its integration's own
          given: {tool: mcp.house, action: go, args: {key: {"$secret": ha/token}}, integration: ha, risk: low}
          expect: {decision: allow, reasons: []}
        - name: the connector's own
          given: {tool: mcp.house, action: go, args: {key: {"$secret": ha/token}}, requested_by: {type: connector, id: ha}, risk: low}
          expect: {decision: allow, reasons: []}
        - name: nobody's
          given: {tool: mcp.house, action: go, args: {key: {"$secret": ha/token}}, requested_by: {type: rule, id: ha}, risk: low}
          expect: {decision: confirm, reasons: [secret_foreign]}
        """;
    // When
    List<PolicyCheck.Outcome> outcomes = PolicyCheck.of(text).test();
    // Then
    assertThat(outcomes).hasSize(3).allMatch(PolicyCheck.Outcome::passed);
  }

  @Test
  void shouldSayAllThatIsWrongAtOnceInTheOrderOfTheFile() {
    // When
    List<PolicyProblem> problems =
        PolicyCheck.of("rules:\n- {tool: a, decision: x}\nrisk:\n- {tool: b, level: y}\nz: 1")
            .problems();
    // Then
    assertThat(problems).extracting(PolicyProblem::line).containsExactly(2, 4, 5);
  }

  @Test
  void shouldHaveTheSameVersionWhenItSaysTheSame() {
    // Given
    String one = "# a comment\nrules: [{tool: http, decision: ask}]\n";
    String same = "rules:\n  - decision: ask\n    tool: 'http'\nexamples: []";
    String other = "rules: [{tool: http, decision: deny}]";
    // Then
    assertThat(PolicyCheck.of(one).version())
        .isEqualTo(PolicyCheck.of(same).version())
        .isNotEqualTo(PolicyCheck.of(other).version())
        .startsWith("sha256:");
  }

  @Test
  void shouldKeepTheDefaultsOfSectionsItLacks() {
    // When
    PolicyCheck check =
        PolicyCheck.of(
            """
            approvals: {expire_after: 10m}
            examples:
            - name: deleting is destructive
              given: {tool: http, action: request, args: {method: DELETE, url: "http://a/"}, risk: medium}
              expect: {decision: confirm, risk: high, reasons: [destructive]}
            """);
    // Then
    assertThat(check.problems()).isEmpty();
    assertThat(check.test()).allMatch(PolicyCheck.Outcome::passed).hasSize(1);
  }

  @Test
  void shouldSayWhatIsDifferentWhenAnExampleIsNotAsExpected() {
    // Given
    PolicyCheck check =
        PolicyCheck.of(
            """
            rules: [{tool: http, decision: deny}]
            examples:
            - name: asks
              given: {tool: http, action: request, args: {}, risk: low}
              expect: {decision: allow, risk: high, reasons: []}
            """);
    // When
    List<PolicyCheck.Outcome> outcomes = check.test();
    // Then
    assertThat(outcomes)
        .singleElement()
        .satisfies(
            outcome ->
                assertThat(outcome.difference())
                    .isEqualTo(
                        "the decision is block, not allow; the risk is low, not high; "
                            + "the reasons are [policy_deny], not []"));
  }
}
