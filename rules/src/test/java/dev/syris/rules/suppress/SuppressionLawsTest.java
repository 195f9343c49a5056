package dev.syris.rules.suppress;

import static dev.syris.rules.rule.TestRules.event;
import static dev.syris.rules.rule.TestRules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.id.Uuids;
import dev.syris.rules.replay.PastEvent;
import dev.syris.rules.replay.RuleReplay;
import dev.syris.rules.replay.Verdict;
import dev.syris.rules.rule.Rule;
import dev.syris.rules.setting.RuleSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class SuppressionLawsTest {

  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  /** Something that happens: how long after the one before, to which key, saying what. */
  record Step(int after, int key, int said) {}

  @Property
  void shouldDecideTheSameForTheSameSequence(
      @ForAll("steps") List<Step> steps,
      @ForAll @IntRange(max = 20) int debounce,
      @ForAll @IntRange(max = 20) int dedupe,
      @ForAll @IntRange(min = 1, max = 10) int limit) {
    // Given
    Rule rule = ruleOf(debounce, dedupe, limit);

    // When
    List<Verdict> once = new RuleReplay(rule, RuleSettings.DEFAULT).over(events(steps)).toList();
    List<Verdict> again = new RuleReplay(rule, RuleSettings.DEFAULT).over(events(steps)).toList();

    // Then
    assertThat(again).isEqualTo(once);
    assertThat(throughBytes(rule, steps)).isEqualTo(once);
  }

  @Property
  void shouldFireAtMostOnceInAWindowOfAKeyAndAlwaysAfterIt(
      @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 1, max = 30) int debounce) {
    // Given
    Rule rule = ruleOf(debounce, 0, 6000);
    var lastFired = new HashMap<String, Instant>();
    var replay = new RuleReplay(rule, RuleSettings.DEFAULT);

    events(steps)
        .forEach(
            event -> {
              // When
              var verdict = (Verdict.Matched) replay.next(event);

              // Then
              Instant last = lastFired.get(verdict.key());
              Instant now = event.ingestedAt();
              boolean held = last != null && now.isBefore(last.plusSeconds(debounce));
              assertThat(verdict.decision())
                  .isEqualTo(
                      held
                          ? new Decision.Suppressed(
                              Reason.DEBOUNCE, last.plusSeconds(debounce), false)
                          : new Decision.Fired());
              if (!held) {
                lastFired.put(verdict.key(), now);
              }
            });
  }

  @Property
  void shouldTripAtMostOnceAndFireNeverAfter(
      @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 1, max = 5) int limit) {
    // When
    List<Decision> decisions =
        new RuleReplay(ruleOf(0, 0, limit), RuleSettings.DEFAULT)
            .over(events(steps))
            .map(verdict -> ((Verdict.Matched) verdict).decision())
            .toList();

    // Then
    int trip = decisions.indexOf(new Decision.Suppressed(Reason.TRIPPED, null, true));
    if (trip >= 0) {
      assertThat(decisions.subList(trip + 1, decisions.size()))
          .allMatch(new Decision.Suppressed(Reason.TRIPPED, null, false)::equals);
      assertThat(decisions.subList(0, trip)).containsOnly(new Decision.Fired());
    } else {
      assertThat(decisions).containsOnly(new Decision.Fired());
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 15),
            Arbitraries.integers().between(1, 3),
            Arbitraries.integers().between(1, 3))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  private static Rule ruleOf(int debounce, int dedupe, int limit) {
    return rule(
        "{'key':'${content.structured.key}','debounce_ms':%d,'dedupe_window_ms':%d,'max_per_minute':%d}"
            .formatted(debounce * 1000, dedupe * 1000, limit));
  }

  private static java.util.stream.Stream<PastEvent> events(List<Step> steps) {
    var events = new ArrayList<PastEvent>();
    Instant now = START;
    for (Step step : steps) {
      now = now.plusSeconds(step.after());
      events.add(
          new PastEvent(
              event("{'key':%d,'said':%d}".formatted(step.key(), step.said())),
              new EventId(Uuids.named("e" + events.size())),
              new TraceId(Uuids.named("t" + events.size())),
              now));
    }
    return events.stream();
  }

  /** The same with every history written and read again, as a store does. */
  private static List<Verdict> throughBytes(Rule rule, List<Step> steps) {
    var store = new HashMap<String, byte[]>();
    return events(steps)
        .<Verdict>map(
            past -> {
              Match match = Match.of(rule, past.event(), past.ingestedAt(), RuleSettings.DEFAULT);
              var history =
                  new History(
                      RuleHistory.of(store.get(""), rule.version()),
                      KeyHistory.of(store.get("k" + match.key()), rule.version()));
              Decision decision = Suppression.decide(history, rule, match, past.ingestedAt());
              History after = Suppression.evolve(history, rule, match, past.ingestedAt(), decision);
              store.put("", after.rule().toBytes());
              store.put("k" + match.key(), after.key().toBytes());
              return new Verdict.Matched(match.key(), decision);
            })
        .toList();
  }
}
