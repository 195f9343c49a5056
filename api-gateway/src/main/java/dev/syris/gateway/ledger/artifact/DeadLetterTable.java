package dev.syris.gateway.ledger.artifact;

import dev.syris.contracts.json.Json;
import dev.syris.gateway.ledger.bulk.BinaryCopy;
import dev.syris.gateway.ledger.bulk.BulkInsert;
import dev.syris.gateway.ledger.bulk.KnownIds;
import dev.syris.platform.seal.Sealer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps each dead letter once, its bytes as an artifact, its key and headers encrypted beside it.
 */
public final class DeadLetterTable {

  private static final String TARGET =
      """
      ledger.dead_letter (dead_letter_id, at, trace_id, partition, "offset", topic, reason, error, payload_ref,
        envelope)
      """;

  private static final String FIND =
      """
      select at, trace_id, partition, "offset", topic, reason, error, payload_ref, envelope
        from ledger.dead_letter
       where dead_letter_id = :id
      """;

  private final JdbcClient jdbc;
  private final BulkInsert bulk;
  private final KnownIds known;
  private final Artifacts artifacts;
  private final Sealer sealer;

  public DeadLetterTable(JdbcClient jdbc, BulkInsert bulk, Artifacts artifacts, Sealer sealer) {
    this.jdbc = jdbc;
    this.bulk = bulk;
    this.known = new KnownIds(jdbc);
    this.artifacts = artifacts;
    this.sealer = sealer;
  }

  public List<DeadLetter> unknown(List<DeadLetter> letters) {
    var ids = letters.stream().map(DeadLetter::deadLetterId).toList();
    var all = new HashSet<>(known.in("ledger.dead_letter", "dead_letter_id", ids));
    return letters.stream().filter(letter -> all.add(letter.deadLetterId())).toList();
  }

  public void insert(List<DeadLetter> letters) {
    artifacts.store(letters.stream().map(DeadLetter::payload).filter(Objects::nonNull).toList());
    var copy = new BinaryCopy();
    for (DeadLetter letter : letters) {
      byte[] payload = letter.payload();
      byte[] envelope = sealer.seal(Json.bytes(letter.envelope()), purpose(letter.deadLetterId()));
      copy.row(10)
          .uuid(letter.deadLetterId())
          .timestamptz(letter.at())
          .uuid(letter.traceId())
          .integer(letter.partition())
          .bigint(letter.offset())
          .text(letter.topic())
          .text(letter.reason())
          .text(letter.error())
          .text(payload == null ? null : Artifacts.idOf(payload))
          .bytes(envelope);
    }
    bulk.insert(TARGET, copy);
  }

  Optional<DeadLetter> find(UUID id) {
    return jdbc.sql(FIND).param("id", id).query((row, _) -> letter(id, row)).optional();
  }

  private DeadLetter letter(UUID id, ResultSet row) throws SQLException {
    byte[] envelope = sealer.open(row.getBytes("envelope"), purpose(id));
    return new DeadLetter(
        id,
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getObject("trace_id", UUID.class),
        row.getString("topic"),
        row.getInt("partition"),
        row.getLong("offset"),
        row.getString("reason"),
        row.getString("error"),
        payload(row.getString("payload_ref")),
        Json.read(envelope, Envelope.class));
  }

  private byte @Nullable [] payload(@Nullable String artifactId) {
    return artifactId == null
        ? null
        : artifacts
            .original(artifactId)
            .orElseThrow(() -> new IllegalStateException("artifact " + artifactId + " is gone"));
  }

  private static String purpose(UUID id) {
    return "dead-letter/" + id;
  }
}
