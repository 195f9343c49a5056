package dev.syris.ingest.idempotency;

import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TraceId;
import dev.syris.ingest.idempotency.Claim.Conflict;
import dev.syris.ingest.idempotency.Claim.Done;
import dev.syris.ingest.idempotency.Claim.Open;
import dev.syris.ingest.log.Receipt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Requests with a key, in the table {@code ingest.idempotency}. A row is committed before anything
 * is written to the log, with the ids the events will have; so a crash anywhere leads to the same
 * ids again, which the pipeline drops if it has seen them. Ages are measured by the database's
 * clock.
 */
public final class KnownRequests {

  /** How long a key is remembered, as the contracts say. */
  public static final Duration RETENTION = Duration.ofHours(24);

  private static final int ATTEMPTS = 5;

  /** A row that is too old counts as absent. */
  private static final String INSERT =
      """
      insert into ingest.idempotency as known (caller, path, key, request_hash, event_ids, trace_ids)
      values (:caller, :path, :key, :hash, cast(:eventIds as uuid[]), cast(:traceIds as uuid[]))
      on conflict on constraint pk_idempotency do update
         set request_hash = excluded.request_hash,
             event_ids = excluded.event_ids,
             trace_ids = excluded.trace_ids,
             created_at = now(),
             acknowledged_at = null
       where known.created_at <= now() - make_interval(secs => :retention)
      returning 1
      """;

  private static final String FIND =
      """
      select request_hash, event_ids, trace_ids, acknowledged_at is not null as acknowledged
        from ingest.idempotency
       where caller = :caller and path = :path and key = :key
         and created_at > now() - make_interval(secs => :retention)
      """;

  /**
   * Names the ids too: a row that was taken over meanwhile is not this request's. Its commit is not
   * waited for: losing the note costs a repeated write of the same ids, and no more.
   */
  private static final String ACKNOWLEDGE =
      """
      with hurry as materialized (select set_config('synchronous_commit', 'off', true))
      update ingest.idempotency
         set acknowledged_at = now()
        from hurry
       where caller = :caller and path = :path and key = :key
         and event_ids = cast(:eventIds as uuid[]) and acknowledged_at is null
      """;

  private static final String FORGET =
      """
      delete from ingest.idempotency
       where (caller, path, key) in (
         select caller, path, key from ingest.idempotency
          where created_at <= now() - make_interval(secs => :retention)
          order by created_at limit :limit for update skip locked)
      """;

  private final JdbcClient jdbc;

  public KnownRequests(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Finds the request, or writes it down with the ids given. Commits before it returns.
   *
   * @param hash SHA-256 of the body
   * @param minted ids for the case that the request is new
   * @throws org.springframework.dao.DataAccessException where the database is away
   */
  public Claim claim(RequestId id, byte[] hash, List<Receipt> minted) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (insert(id, hash, minted)) {
        return new Open(minted);
      }
      Optional<Row> row = find(id);
      if (row.isPresent()) {
        return row.get().claim(hash);
      }
    }
    throw new CannotAcquireLockException(
        "the row of an idempotency key came and went " + ATTEMPTS + " times");
  }

  /** Notes that the broker has the request's events. */
  public void acknowledge(RequestId id, List<Receipt> receipts) {
    bind(jdbc.sql(ACKNOWLEDGE), id).param("eventIds", eventIds(receipts)).update();
  }

  /** Deletes at most {@code limit} rows that are too old; returns how many. */
  int forgetExpired(int limit) {
    return jdbc.sql(FORGET)
        .param("retention", (double) RETENTION.toSeconds())
        .param("limit", limit)
        .update();
  }

  private boolean insert(RequestId id, byte[] hash, List<Receipt> minted) {
    return bind(jdbc.sql(INSERT), id)
        .param("hash", hash)
        .param("eventIds", eventIds(minted))
        .param("traceIds", array(minted.stream().map(receipt -> receipt.traceId().value())))
        .param("retention", (double) RETENTION.toSeconds())
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  private Optional<Row> find(RequestId id) {
    return bind(jdbc.sql(FIND), id)
        .param("retention", (double) RETENTION.toSeconds())
        .query((result, _) -> Row.of(result))
        .optional();
  }

  private static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, RequestId id) {
    return statement
        .param("caller", id.caller())
        .param("path", id.path())
        .param("key", id.key().value());
  }

  private static String eventIds(List<Receipt> receipts) {
    return array(receipts.stream().map(receipt -> receipt.eventId().value()));
  }

  /** A PostgreSQL array literal. */
  private static String array(Stream<UUID> ids) {
    return ids.map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
  }

  private record Row(byte[] hash, List<Receipt> receipts, boolean acknowledged) {

    static Row of(ResultSet result) throws SQLException {
      UUID[] events = (UUID[]) result.getArray("event_ids").getArray();
      UUID[] traces = (UUID[]) result.getArray("trace_ids").getArray();
      var receipts = new ArrayList<Receipt>(events.length);
      for (int i = 0; i < events.length; i++) {
        receipts.add(new Receipt(new EventId(events[i]), new TraceId(traces[i])));
      }
      return new Row(result.getBytes("request_hash"), receipts, result.getBoolean("acknowledged"));
    }

    Claim claim(byte[] other) {
      if (!Arrays.equals(hash, other)) {
        return new Conflict();
      }
      return acknowledged ? new Done(receipts) : new Open(receipts);
    }
  }
}
