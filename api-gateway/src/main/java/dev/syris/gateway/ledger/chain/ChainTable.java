package dev.syris.gateway.ledger.chain;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The head of the chain and the seals of its segments. */
public final class ChainTable {

  private static final String HEAD = "select sequence, hash from ledger.chain_head";
  private static final String LOCK_HEAD = HEAD + " for update";

  private static final String MOVE_HEAD =
      """
      update ledger.chain_head
         set sequence = :sequence, hash = :hash
       where sequence = :before_sequence and hash = :before_hash
      """;

  private static final String SEALS =
      """
      select segment_id, first_sequence, first_previous_hash, last_sequence, last_hash, row_count,
             dropped_at is not null as dropped
        from ledger.segment
       where sealed_at is not null
       order by segment_id
      """;

  private final JdbcClient jdbc;

  public ChainTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public ChainHead head() {
    return head(HEAD);
  }

  /** The head, which nobody else moves until the transaction ends. */
  public ChainHead lockHead() {
    return head(LOCK_HEAD);
  }

  /** False where the head is no longer where it was. */
  public boolean moveHead(ChainHead from, ChainHead to) {
    return jdbc.sql(MOVE_HEAD)
            .param("sequence", to.sequence())
            .param("hash", to.hash().bytes())
            .param("before_sequence", from.sequence())
            .param("before_hash", from.hash().bytes())
            .update()
        == 1;
  }

  List<Seal> seals() {
    return jdbc.sql(SEALS)
        .query(
            (row, _) ->
                new Seal(
                    row.getLong("segment_id"),
                    row.getLong("first_sequence"),
                    ChainHash.of(row.getBytes("first_previous_hash")),
                    row.getLong("last_sequence"),
                    ChainHash.of(row.getBytes("last_hash")),
                    row.getLong("row_count"),
                    row.getBoolean("dropped")))
        .list();
  }

  private ChainHead head(String sql) {
    return jdbc.sql(sql)
        .query(
            (row, _) -> new ChainHead(row.getLong("sequence"), ChainHash.of(row.getBytes("hash"))))
        .single();
  }
}
