package dev.syris.gateway.query;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the audit trail onwards from a sequence, with the filters of {@code /audit}. */
public final class Follow {

  private static final String HEAD = "select coalesce(max(sequence), 0) from api.audit_event";
  private static final String SINCE = "select api.audit_sequence_since(:since) - 1";
  private static final String FIRST =
      "select coalesce(min(first_sequence), 1) from api.audit_segment where dropped_at is null";

  private final JdbcClient jdbc;

  public Follow(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** One record, as {@code /audit} shows it. */
  public record Recorded(long sequence, String body) {}

  /** Which records are wanted. Opaque outside of this package. */
  public static final class Wanted {

    private final String where;
    private final Map<String, Object> values;

    private Wanted(List<Condition> conditions) {
      var sql = new StringBuilder();
      values = new HashMap<>();
      for (Condition condition : conditions) {
        sql.append(" and ").append(condition.sql());
        values.put(condition.name(), condition.value());
      }
      where = sql.toString();
    }
  }

  /** Reads filters; throws the same problems as the list does. */
  public static Wanted wanted(Map<String, String[]> parameters) {
    return new Wanted(Lists.read(Collections.AUDIT, parameters).conditions());
  }

  /** The newest sequence there is; 0 in an empty trail. */
  public long head() {
    return number(jdbc.sql(HEAD));
  }

  /** The oldest sequence that is still kept. */
  public long first() {
    return number(jdbc.sql(FIRST));
  }

  /** Where a reader begins who gave no sequence: at the time asked for, else now. */
  public long begin(Wanted wanted) {
    Object since = wanted.values.get("since");
    return since == null ? head() : number(jdbc.sql(SINCE).param("since", since));
  }

  /**
   * What is wanted behind {@code after} and up to {@code head}, in order, at most {@code limit}.
   */
  public List<Recorded> read(Wanted wanted, long after, long head, int limit) {
    String sql =
        "select sequence, body from api.audit_event where sequence > :after and sequence <= :head%s order by sequence limit :limit"
            .formatted(wanted.where);
    return jdbc.sql(sql)
        .params(wanted.values)
        .param("after", after)
        .param("head", head)
        .param("limit", limit)
        .query(
            (row, number) ->
                new Recorded(
                    row.getLong("sequence"), Objects.requireNonNull(row.getString("body"))))
        .list();
  }

  private static long number(JdbcClient.StatementSpec statement) {
    return statement.query(Long.class).single();
  }
}
