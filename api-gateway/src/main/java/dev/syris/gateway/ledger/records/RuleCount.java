package dev.syris.gateway.ledger.records;

import dev.syris.contracts.audit.AuditType;
import dev.syris.gateway.ledger.chain.ChainRow;
import dev.syris.gateway.ledger.reading.JsonLeaves;
import dev.syris.gateway.ledger.reading.Leaves;
import dev.syris.gateway.ledger.reading.MalformedRecordException;
import dev.syris.rules.rule.RuleReader;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How often some new rows tell the same of a rule. What they say that no rule can have said is in
 * the trail, but counted nowhere. Pure.
 *
 * @param reason what held it back; empty where it fired
 * @param last the latest of the times they tell of
 */
record RuleCount(String ruleId, String reason, long count, Instant last) {

  private static final JsonLeaves LEAVES =
      new JsonLeaves(List.of("timestamp", "refs.rule_id", "details.reason"));
  private static final String FIRED = AuditType.RULE_TRIGGERED.wire();
  private static final String HELD_BACK = AuditType.RULE_SUPPRESSED.wire();
  private static final Pattern REASON = Pattern.compile("[a-z][a-z_]{0,39}");

  /** One for each rule and reason, by these. */
  static Collection<RuleCount> of(List<ChainRow> rows) {
    var counts = new TreeMap<String, RuleCount>();
    for (ChainRow row : rows) {
      RuleCount one = of(row);
      if (one != null) {
        counts.merge(one.ruleId() + ' ' + one.reason(), one, RuleCount::and);
      }
    }
    return counts.values();
  }

  private static @Nullable RuleCount of(ChainRow row) {
    String type = row.columns().type();
    if (!type.equals(FIRED) && !type.equals(HELD_BACK)) {
      return null;
    }
    try {
      Leaves leaves = LEAVES.in(row.body());
      String rule = leaves.text("refs.rule_id");
      String reason = type.equals(FIRED) ? "" : leaves.text("details.reason");
      boolean sayable = type.equals(FIRED) || REASON.matcher(reason).matches();
      return sayable && RuleReader.isId(rule)
          ? new RuleCount(rule, reason, 1, leaves.time("timestamp"))
          : null;
    } catch (MalformedRecordException e) {
      return null;
    }
  }

  private RuleCount and(RuleCount other) {
    Instant later = other.last.isAfter(last) ? other.last : last;
    return new RuleCount(ruleId, reason, count + other.count, later);
  }
}
