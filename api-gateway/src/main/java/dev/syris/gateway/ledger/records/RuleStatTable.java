package dev.syris.gateway.ledger.records;

import dev.syris.gateway.ledger.chain.ChainRow;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts what rules did. Rows are counted in the transaction that writes them, so each exactly
 * once.
 */
public final class RuleStatTable {

  private static final String UPSERT =
      """
      insert into ledger.rule_stat as kept (rule_id, reason, count, last_at)
      select * from unnest(cast(:rule_ids as text[]), cast(:reasons as text[]), cast(:counts as bigint[]),
             cast(:last as timestamptz[]))
      on conflict (rule_id, reason) do update
         set count = kept.count + excluded.count,
             last_at = greatest(kept.last_at, excluded.last_at)
      """;

  private final JdbcClient jdbc;

  public RuleStatTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds rows that were written in this transaction. */
  public void add(List<ChainRow> rows) {
    Collection<RuleCount> counts = RuleCount.of(rows);
    if (counts.isEmpty()) {
      return;
    }
    jdbc.sql(UPSERT)
        .param("rule_ids", texts(counts, RuleCount::ruleId))
        .param("reasons", texts(counts, RuleCount::reason))
        .param("counts", texts(counts, count -> Long.toString(count.count())))
        .param("last", texts(counts, count -> count.last().toString()))
        .update();
  }

  private static String[] texts(Collection<RuleCount> counts, Function<RuleCount, String> column) {
    return counts.stream().map(column).toArray(String[]::new);
  }
}
