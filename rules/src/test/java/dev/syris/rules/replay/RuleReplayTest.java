package dev.syris.rules.replay;

import static dev.syris.rules.rule.TestRules.event;
import static dev.syris.rules.rule.TestRules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.id.Uuids;
import dev.syris.rules.setting.RuleSettings;
import dev.syris.rules.suppress.Decision;
import dev.syris.rules.suppress.Reason;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RuleReplayTest {

  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  @Test
  void shouldTellWhatWouldHaveBecomeOfEachEvent() {
    // Given
    var replay =
        new RuleReplay(
            rule(
                """
                {'enabled':false,'key':'${content.structured.id}','debounce_ms':3000,
                 'conditions':{'field':'content.structured.state','op':'eq','value':'open'}}
                """),
            RuleSettings.DEFAULT);

    // When / Then
    assertThat(replay.next(at(0, "{'id':'a','state':'open'}"))).isEqualTo(fired("a"));
    assertThat(replay.next(at(1, "{'id':'a','state':'closed'}")))
        .isEqualTo(new Verdict.NotMatched());
    assertThat(replay.next(at(2, "{'id':'a','state':'open'}")))
        .isEqualTo(
            new Verdict.Matched(
                "a", new Decision.Suppressed(Reason.DEBOUNCE, START.plusSeconds(3), false)));
    assertThat(replay.next(at(2, "{'id':'b','state':'open'}"))).isEqualTo(fired("b"));
    assertThat(replay.next(at(3, "{'id':'a','state':'open'}"))).isEqualTo(fired("a"));
  }

  @Test
  void shouldHearThatSettingsChange() {
    // Given
    var replay = new RuleReplay(rule("{'conditions':{'autonomy_gte':'A3'}}"), RuleSettings.DEFAULT);

    // When
    Verdict before = replay.next(at(0, "{}"));
    replay.settings(RuleSettings.DEFAULT.withAutonomy(AutonomyLevel.A3));

    // Then
    assertThat(before).isEqualTo(new Verdict.NotMatched());
    assertThat(replay.next(at(1, "{}"))).isEqualTo(fired(""));
  }

  @Test
  void shouldForgetKeysWhoseWindowsAreOver() {
    // Given
    var replay =
        new RuleReplay(
            rule("{'key':'${content.structured.id}','debounce_ms':1000,'max_per_minute':6000}"),
            RuleSettings.DEFAULT);

    // When
    long fired =
        replay
            .over(IntStream.range(0, 30_000).mapToObj(i -> at(i, "{'id':%d}".formatted(i))))
            .filter(verdict -> verdict.equals(fired(((Verdict.Matched) verdict).key())))
            .count();

    // Then
    assertThat(fired).isEqualTo(30_000);
    assertThat(replay.remembered()).isLessThan(11_000);
  }

  private static Verdict fired(String key) {
    return new Verdict.Matched(key, new Decision.Fired());
  }

  private static PastEvent at(int second, String structured) {
    return new PastEvent(
        event(structured),
        new EventId(Uuids.named("e" + second)),
        new TraceId(Uuids.named("t" + second)),
        START.plusSeconds(second));
  }
}
