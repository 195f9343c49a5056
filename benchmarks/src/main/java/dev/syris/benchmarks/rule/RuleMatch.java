package dev.syris.benchmarks.rule;

import dev.syris.benchmarks.Comparison;
import dev.syris.contracts.json.Json;
import dev.syris.rules.condition.Surroundings;
import dev.syris.rules.match.RuleIndex;
import dev.syris.rules.rule.Rule;
import dev.syris.rules.setting.RuleSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * How many events a second can be asked which of so many rules they meet, of which one does: the
 * index, and asking each rule, turn about in this JVM. System properties: {@code rounds} (5) and
 * {@code millis} of each (500).
 */
public final class RuleMatch {

  private static final int[] COUNTS = {10, 100, 1_000, 10_000};
  private static final int BATCH = 16;
  private static final String THING = "light.kitchen";
  private static final JsonNode EVENT =
      Json.mapper()
          .readTree(
              """
              {"event_id":"01890a5d-ac96-774b-bcce-b302099a8057","schema_version":1,
               "source":{"channel":"mqtt","connector_id":"connector-1","message_id":"message-1"},
               "actor":{"type":"user","id":"ann"},
               "content":{"text":"set a timer","structured":{"entity":"light.kitchen","state":"on","brightness":127,
                 "color":[255,180,1.5],"attributes":{"friendly_name":"Kitchen","area":"ground floor"}}},
               "context":{"timezone":"UTC","locale":"und"},
               "correlation":{"trace_id":"0af76519-16cd-43dd-8448-eb211c80319c","depth":0},
               "security":{"sensitivity":"low","redaction_policy_id":"default"}}
              """);
  private static final Surroundings NOW =
      RuleSettings.DEFAULT.at(Instant.parse("2026-11-23T10:00:00Z"));

  private RuleMatch() {}

  public static void main(String[] args) {
    int rounds = Integer.getInteger("rounds", 5);
    List<Contest> contests = IntStream.of(COUNTS).mapToObj(Contest::of).toList();
    contests.forEach(Contest::warmUp);
    for (int i = 0; i < rounds; i++) {
      contests.forEach(Contest::round);
    }
    for (Contest contest : contests) {
      new Comparison(
              "match of 1 in %,d rules".formatted(contest.rules.size()),
              "events/s",
              "index",
              contest.ours,
              "naive loop",
              contest.theirs)
          .print(System.out, List.of());
    }
    double kept =
        Comparison.median(contests.get(2).ours) / Comparison.median(contests.getFirst().ours);
    System.out.printf(
        Locale.ROOT,
        "%nrate at 1,000 rules by that at 10: %.2f (target at least 0.80)%s%n",
        kept,
        kept >= 0.8 ? "" : "  MISSED");
  }

  /** The index and the loop over as many rules. */
  private record Contest(
      List<Rule> rules, RuleIndex index, List<Double> ours, List<Double> theirs) {

    static Contest of(int count) {
      List<Rule> rules = ManyRules.about(THING, count);
      return new Contest(rules, RuleIndex.of(rules), new ArrayList<>(), new ArrayList<>());
    }

    void warmUp() {
      rate(this::indexed);
      rate(this::naive);
    }

    void round() {
      ours.add(rate(this::indexed));
      theirs.add(rate(this::naive));
    }

    private int indexed() {
      return index.matches(EVENT, NOW).size();
    }

    private int naive() {
      return each(rules);
    }
  }

  private static int each(List<Rule> rules) {
    int found = 0;
    for (Rule rule : rules) {
      if (rule.conditions().holds(EVENT, NOW)) {
        found++;
      }
    }
    return found;
  }

  private static double rate(IntSupplier match) {
    long until = System.nanoTime() + Integer.getInteger("millis", 500) * 1_000_000L;
    long begin = System.nanoTime();
    long asked = 0;
    long found = 0;
    while (System.nanoTime() < until) {
      for (int i = 0; i < BATCH; i++) {
        found += match.getAsInt();
      }
      asked += BATCH;
    }
    if (found != asked) {
      throw new IllegalStateException(found + " matches of " + asked + " events");
    }
    return asked * 1e9 / (System.nanoTime() - begin);
  }
}
