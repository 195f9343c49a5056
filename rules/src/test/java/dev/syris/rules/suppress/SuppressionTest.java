package dev.syris.rules.suppress;

import static dev.syris.rules.rule.TestRules.event;
import static dev.syris.rules.rule.TestRules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.rules.quiet.QuietHours;
import dev.syris.rules.quiet.QuietHoursReader;
import dev.syris.rules.quiet.QuietHoursReading;
import dev.syris.rules.rule.Rule;
import dev.syris.rules.setting.RuleSettings;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class SuppressionTest {

  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  private History history = History.none(1);
  private Instant now = START;

  @Test
  void shouldFireOnceWithinTheWindowWhichSuppressedOnesDoNotExtend() {
    // Given
    Rule rule = rule("{'debounce_ms':10000}");

    // When / Then
    assertThat(meets(rule, "{}")).isEqualTo("fired");
    for (int i = 1; i <= 4; i++) {
      assertThat(after(2_000).meets(rule, "{}")).isEqualTo("debounce until 10:00:10");
    }
    assertThat(after(1_999).meets(rule, "{}")).isEqualTo("debounce until 10:00:10");
    assertThat(after(1).meets(rule, "{}")).isEqualTo("fired");
  }

  @Test
  void shouldNotFireForTheSameWithinTheWindow() {
    // Given
    Rule rule = rule("{'dedupe_window_ms':10000,'dedupe_key':'${content.structured.id}'}");

    // When / Then
    assertThat(meets(rule, "{'id':1}")).isEqualTo("fired");
    assertThat(after(1_000).meets(rule, "{'id':2,'x':1}")).isEqualTo("fired");
    assertThat(after(1_000).meets(rule, "{'id':1,'x':2}")).isEqualTo("dedupe until 10:00:10");
    assertThat(after(8_000).meets(rule, "{'id':1}")).isEqualTo("fired");
    assertThat(meets(rule, "{'id':2}")).isEqualTo("dedupe until 10:00:11");
  }

  @Test
  void shouldTakeWhatAnEventSaysForTheSameWhereNothingElseIsNamed() {
    // Given
    Rule rule = rule("{'dedupe_window_ms':10000}");

    // When / Then
    assertThat(meets(rule, "{'a':1,'b':{'c':2,'d':3}}")).isEqualTo("fired");
    assertThat(meets(rule, "{'b':{'d':3,'c':2},'a':1}")).startsWith("dedupe");
    assertThat(meets(rule, "{'a':1,'b':{'c':2,'d':4}}")).isEqualTo("fired");
  }

  @Test
  void shouldKeepQuietInQuietHours() {
    // Given
    Rule rule = rule("{'quiet_hours_policy_id':'night'}");

    // When / Then
    assertThat(at("2026-11-23T20:59:59Z").meets(rule, "{}")).isEqualTo("fired");
    assertThat(at("2026-11-23T21:00:00Z").meets(rule, "{}")).isEqualTo("quiet_hours until 06:00");
    assertThat(at("2026-11-24T05:59:59Z").meets(rule, "{}")).isEqualTo("quiet_hours until 06:00");
    assertThat(at("2026-11-24T06:00:00Z").meets(rule, "{}")).isEqualTo("fired");
  }

  @Test
  void shouldFireWhereTheQuietHoursAreNotKnown() {
    assertThat(meets(rule("{'quiet_hours_policy_id':'other'}"), "{}")).isEqualTo("fired");
  }

  @Test
  void shouldTripOnceAndStayTripped() {
    // Given
    Rule rule = rule("{'max_per_minute':2}");

    // When / Then
    assertThat(meets(rule, "{}")).isEqualTo("fired");
    assertThat(after(59_999).meets(rule, "{}")).isEqualTo("fired");
    assertThat(meets(rule, "{}")).isEqualTo("tripped, just now");
    assertThat(meets(rule, "{}")).isEqualTo("tripped");
    assertThat(after(3_600_000).meets(rule, "{}")).isEqualTo("tripped");
  }

  @Test
  void shouldCountAMinuteFromAFiring() {
    // Given
    Rule rule = rule("{'max_per_minute':1}");

    // When / Then
    assertThat(meets(rule, "{}")).isEqualTo("fired");
    assertThat(after(60_000).meets(rule, "{}")).isEqualTo("fired");
    assertThat(after(59_999).meets(rule, "{}")).isEqualTo("tripped, just now");
  }

  @Test
  void shouldForgetAllWhenTheRuleChanges() {
    // Given
    String json = "{'max_per_minute':1,'debounce_ms':5000,'dedupe_window_ms':5000}";
    meets(rule(json), "{}");
    after(6_000).meets(rule(json), "{}");

    // When / Then
    assertThat(meets(rule(json), "{}")).isEqualTo("tripped");
    assertThat(meets(rule("rule-1", 2, json), "{}")).isEqualTo("fired");
    assertThat(meets(rule("rule-1", 2, json), "{}")).startsWith("debounce");
  }

  @Test
  void shouldBoundWhatItRemembers() {
    // Given
    Rule rule =
        rule(
            "{'dedupe_window_ms':10000,'dedupe_key':'${content.structured.id}','max_per_minute':6000}");

    // When
    for (int i = 0; i < 1000; i++) {
      meets(rule, "{'id':%d}".formatted(i));
    }

    // Then
    assertThat(history.key().said()).hasSize(KeyHistory.MAX_SAID);
    assertThat(history.key().toBytes()).hasSizeLessThan(8_000);
    assertThat(meets(rule, "{'id':999}")).startsWith("dedupe");
  }

  @Test
  void shouldReadWhatItWroteAndNothingElse() {
    // Given
    var key = new KeyHistory(3, 17, Map.of(new UUID(1, 2), 16L));
    var whole = new RuleHistory(3, 17, 5, true);

    // When / Then
    assertThat(KeyHistory.of(key.toBytes(), 9)).isEqualTo(key);
    assertThat(RuleHistory.of(whole.toBytes(), 9)).isEqualTo(whole);
    assertThat(KeyHistory.of(null, 9)).isEqualTo(KeyHistory.none(9));
    assertThat(KeyHistory.of(new byte[] {2}, 9)).isEqualTo(KeyHistory.none(9));
    assertThat(RuleHistory.of(new byte[] {1, 1}, 9)).isEqualTo(RuleHistory.none(9));
  }

  @Test
  void shouldNameWhatAnEventIsAbout() {
    // Given
    Rule rule = rule("{'key':'${content.structured.id}'}");

    // When / Then
    assertThat(match(rule, "{'id':'cover.left'}").key()).isEqualTo("cover.left");
    assertThat(match(rule, "{'id':7}").key()).isEqualTo("7");
    assertThat(match(rule, "{}").key()).isEmpty();
    assertThat(match(rule, "{'id':'%s'}".formatted("x".repeat(201))).key()).hasSize(36);
  }

  private SuppressionTest after(long millis) {
    now = now.plusMillis(millis);
    return this;
  }

  private SuppressionTest at(String time) {
    now = Instant.parse(time);
    return this;
  }

  private Match match(Rule rule, String structured) {
    return Match.of(
        rule,
        event(structured),
        now,
        RuleSettings.DEFAULT.withQuietHours(Map.of("night", night())));
  }

  private String meets(Rule rule, String structured) {
    Match match = match(rule, structured);
    Decision decision = Suppression.decide(history, rule, match, now);
    history = Suppression.evolve(history, rule, match, now, decision);
    return switch (decision) {
      case Decision.Fired() -> "fired";
      case Decision.Suppressed(Reason reason, Instant until, boolean trips) ->
          reason.wire()
              + (trips ? ", just now" : "")
              + (until == null ? "" : " until " + until.atZone(ZoneId.of("UTC")).toLocalTime());
    };
  }

  private static QuietHours night() {
    var json =
        (ObjectNode)
            dev.syris.rules.rule.TestRules.json(
                "{'name':'night','timezone':'Europe/Berlin','windows':[{'start':'22:00','end':'07:00'}]}");
    return ((QuietHoursReading.Accepted) new QuietHoursReader(ZoneId.of("UTC")).read(json)).hours();
  }
}
