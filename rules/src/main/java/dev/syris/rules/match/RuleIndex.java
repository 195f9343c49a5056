package dev.syris.rules.match;

import dev.syris.rules.condition.Surroundings;
import dev.syris.rules.match.Gates.Posting;
import dev.syris.rules.rule.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Many rules, asked about one event at once. Each rule is looked up by one of the equalities it
 * can't do without, the one that fewest others share; rules without any are asked every time.
 * Immutable, thread-safe.
 */
public final class RuleIndex {

  private static final Comparator<Rule> FIRST_TO_LAST =
      Comparator.comparingInt(Rule::priority).reversed().thenComparing(Rule::ruleId);

  public static final RuleIndex EMPTY = of(List.of());

  private final List<Rule> rules;
  private final PathTree tree = new PathTree();
  private final int[] always;

  private RuleIndex(List<Rule> rules) {
    this.rules = rules;
    var gates = rules.stream().map(rule -> Gates.of(rule.conditions())).toList();
    var crowds = new HashMap<Posting, Integer>();
    gates.forEach(
        some -> some.forEach(gate -> gate.forEach(it -> crowds.merge(it, 1, Integer::sum))));
    for (int i = 0; i < rules.size(); i++) {
      add(i, gates.get(i), crowds);
    }
    always = IntStream.range(0, rules.size()).filter(i -> gates.get(i).isEmpty()).toArray();
  }

  /** An index of those rules that are enabled. */
  public static RuleIndex of(Collection<Rule> rules) {
    return new RuleIndex(rules.stream().filter(Rule::enabled).sorted(FIRST_TO_LAST).toList());
  }

  /** Whether there is no rule, so that no event needs to be looked at. */
  public boolean isEmpty() {
    return rules.isEmpty();
  }

  public int size() {
    return rules.size();
  }

  /** The rules whose conditions hold, by priority, then by id. */
  public List<Rule> matches(JsonNode event, Surroundings surroundings) {
    if (rules.isEmpty()) {
      return List.of();
    }
    var candidates = new Ordinals(always);
    tree.collect(event, candidates);
    List<Rule> matching = List.of();
    for (int i : candidates.inOrder()) {
      Rule rule = rules.get(i);
      if (rule.conditions().holds(event, surroundings)) {
        matching = matching.isEmpty() ? new ArrayList<>() : matching;
        matching.add(rule);
      }
    }
    return matching;
  }

  private void add(int ordinal, List<Set<Posting>> gates, Map<Posting, Integer> crowds) {
    if (gates.isEmpty()) {
      return;
    }
    Set<Posting> best =
        Collections.min(gates, Comparator.comparingLong(gate -> crowd(gate, crowds)));
    best.forEach(posting -> tree.add(posting.path(), posting.value(), ordinal));
  }

  private static long crowd(Set<Posting> gate, Map<Posting, Integer> crowds) {
    return gate.stream().mapToLong(posting -> crowds.getOrDefault(posting, 0)).sum();
  }
}
