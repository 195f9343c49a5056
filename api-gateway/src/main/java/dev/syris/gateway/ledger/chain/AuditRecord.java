package dev.syris.gateway.ledger.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import dev.syris.gateway.ledger.reading.JsonLeaves;
import dev.syris.gateway.ledger.reading.Leaves;
import dev.syris.gateway.ledger.reading.MalformedRecordException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * An audit record before it has its place: the bytes as they came, found fit to be kept.
 *
 * @param json begins with <code>{</code>; nothing in it is dropped, known to us or not
 * @param recordedAt append time on the topic
 */
public record AuditRecord(byte[] json, AuditColumns columns, Instant recordedAt) {

  public AuditRecord {
    recordedAt = recordedAt.truncatedTo(ChronoUnit.MILLIS);
  }

  /** Everything looked at, in a record from the topic and in a body. */
  static final JsonLeaves LEAVES =
      new JsonLeaves(
          List.of(
              "audit_id",
              "sequence",
              "timestamp",
              "recorded_at",
              "trace_id",
              "stage",
              "type",
              "summary",
              "outcome",
              "actor.type",
              "actor.id",
              "refs.event_id",
              "refs.task_id",
              "tool",
              "connector_id"));

  /** Checks a record from the topic. */
  public static AuditRecord read(byte[] json, Instant recordedAt) throws MalformedRecordException {
    Leaves leaves = LEAVES.in(json);
    if (leaves.has("sequence") || leaves.has("recorded_at")) {
      throw new MalformedRecordException(
          "has a \"sequence\" or \"recorded_at\", which only the ledger gives");
    }
    leaves.time("timestamp");
    leaves.text("summary");
    leaves.text("actor.type");
    leaves.text("actor.id");
    return new AuditRecord(json, AuditColumns.of(leaves), recordedAt);
  }

  /** A record the ledger itself has to say. */
  public static AuditRecord of(AuditEvent event, Instant recordedAt) {
    try {
      return read(Json.bytes(event), recordedAt);
    } catch (MalformedRecordException e) {
      throw new IllegalArgumentException(
          "an audit record of ours is malformed: " + e.getMessage(), e);
    }
  }

  /**
   * The canonical text: the record with its place and its time in front, otherwise byte by byte as
   * it came.
   */
  byte[] body(long sequence) {
    String front =
        "{\"sequence\":"
            + sequence
            + ",\"recorded_at\":\""
            + InstantCodec.format(recordedAt)
            + "\",";
    byte[] place = front.getBytes(UTF_8);
    byte[] body = new byte[place.length + json.length - 1];
    System.arraycopy(place, 0, body, 0, place.length);
    System.arraycopy(json, 1, body, place.length, json.length - 1);
    return body;
  }
}
