package dev.syris.gateway.ledger.artifact;

import dev.syris.contracts.id.Uuids;
import dev.syris.gateway.ledger.bulk.BinaryCopy;
import dev.syris.gateway.ledger.bulk.BulkInsert;
import dev.syris.platform.seal.Sealer;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Payloads by the hash of their content, each kept once, encrypted. Thread-safe; storing is for the
 * one writer that holds the head of the chain.
 */
public final class Artifacts {

  private static final String TARGET = "ledger.artifact (artifact_id, size_bytes, ciphertext)";
  private static final String KNOWN =
      "select artifact_id from ledger.artifact where artifact_id = any(:ids)";
  private static final String READ =
      "select created_at, ciphertext from ledger.artifact where artifact_id = :id";

  private final JdbcClient jdbc;
  private final BulkInsert bulk;
  private final Sealer sealer;
  private final Redaction redaction;

  public Artifacts(JdbcClient jdbc, BulkInsert bulk, Sealer sealer, Redaction redaction) {
    this.jdbc = jdbc;
    this.bulk = bulk;
    this.sealer = sealer;
    this.redaction = redaction;
  }

  /** The id of a payload, whether it is kept or not. */
  static String idOf(byte[] payload) {
    return HexFormat.of().formatHex(Uuids.sha256().digest(payload));
  }

  /** What may be shown of a payload. */
  public Optional<Artifact> read(String artifactId) {
    return jdbc.sql(READ)
        .param("id", artifactId)
        .query(
            (row, _) ->
                new Artifact(
                    artifactId,
                    row.getObject("created_at", OffsetDateTime.class).toInstant(),
                    redaction.shown(open(artifactId, row.getBytes("ciphertext")))))
        .optional();
  }

  /** The very bytes that were kept. */
  Optional<byte[]> original(String artifactId) {
    return jdbc.sql(READ)
        .param("id", artifactId)
        .query((row, _) -> open(artifactId, row.getBytes("ciphertext")))
        .optional();
  }

  void store(Collection<byte[]> payloads) {
    Map<String, byte[]> byId = new LinkedHashMap<>();
    payloads.forEach(payload -> byId.putIfAbsent(idOf(payload), payload));
    known(List.copyOf(byId.keySet())).forEach(byId::remove);
    var copy = new BinaryCopy();
    byId.forEach(
        (id, payload) ->
            copy.row(3).text(id).integer(payload.length).bytes(sealer.seal(payload, purpose(id))));
    bulk.insert(TARGET, copy);
  }

  private Set<String> known(List<String> ids) {
    return ids.isEmpty()
        ? Set.of()
        : jdbc.sql(KNOWN).param("ids", ids.toArray(String[]::new)).query(String.class).set();
  }

  private byte[] open(String artifactId, byte[] ciphertext) {
    return sealer.open(ciphertext, purpose(artifactId));
  }

  private static String purpose(String artifactId) {
    return "artifact/" + artifactId;
  }
}
