package dev.syris.gateway.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.json.Json;
import dev.syris.gateway.fixture.TaskRows;
import dev.syris.rules.replay.PastEvent;
import dev.syris.rules.rule.Rule;
import dev.syris.rules.setting.RuleSettings;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ExplainedTest {

  private static final Instant AT = Instant.parse("2026-01-30T23:30:00Z");
  private static final PastEvent OPEN = PastEvents.door("open", AT);
  private static final PastEvent CLOSED = PastEvents.door("closed", AT);

  @Test
  void shouldNameTheFirstConditionThatIsNotMet() {
    // When
    Explained explained = explain(PastEvents.rule(0), CLOSED, Optional.empty());
    // Then
    assertThat(explained.outcome()).isEqualTo("not_matched");
    assertThat(explained.unmet().path()).isEqualTo("content.structured.state");
    assertThat(explained.unmet().seen().asString()).isEqualTo("closed");
  }

  @Test
  void shouldTellWhatHappenedEvenIfTheRuleIsAnotherToday() {
    // Given
    ObjectNode details =
        Json.object()
            .put("rule_version", 2)
            .put("reason", "quiet_hours")
            .put("until", "2026-01-31T06:00:00.000Z");
    // When
    Explained explained =
        explain(PastEvents.rule(0), CLOSED, Optional.of(Told.of("rule.suppressed", details)));
    // Then
    assertThat(explained.outcome()).isEqualTo("suppressed");
    assertThat(explained.version()).isEqualTo(2);
    assertThat(explained.reason()).isEqualTo("quiet_hours");
    assertThat(explained.until()).isEqualTo(Instant.parse("2026-01-31T06:00:00Z"));
  }

  @Test
  void shouldSayThatItFiredWithoutAReason() {
    // When
    Explained explained =
        explain(PastEvents.rule(0), OPEN, Optional.of(Told.of("rule.triggered", Json.object())));
    // Then
    assertThat(explained.outcome()).isEqualTo("fired");
    assertThat(explained.version()).isEqualTo(3);
    assertThat(explained.reason()).isNull();
  }

  @Test
  void shouldSayWhatItWouldDoWhereNothingIsTold() {
    // Given
    Rule off = PastEvents.rule(TaskRows.doorRule(0).put("enabled", false));
    // When / Then
    assertThat(explain(PastEvents.rule(0), OPEN, Optional.empty()).outcome())
        .isEqualTo("would_match");
    assertThat(explain(off, OPEN, Optional.empty()).reason()).isEqualTo("disabled");
  }

  @Test
  void shouldSayThatNoRuleWasAsked() {
    // When
    Explained explained =
        Explained.of(PastEvents.rule(0), OPEN, RuleSettings.DEFAULT, Optional.empty(), "loop");
    // Then
    assertThat(explained.outcome()).isEqualTo("not_asked");
    assertThat(explained.reason()).isEqualTo("loop");
  }

  private static Explained explain(Rule rule, PastEvent event, Optional<Told> told) {
    return Explained.of(rule, event, RuleSettings.DEFAULT, told, null);
  }
}
