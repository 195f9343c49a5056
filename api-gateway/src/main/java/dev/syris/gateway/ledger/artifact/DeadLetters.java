package dev.syris.gateway.ledger.artifact;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.id.TraceParent;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.RawEventHeaders;
import dev.syris.contracts.topic.Topic;
import dev.syris.contracts.topic.Topics;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.outbox.OutboxRecord;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Drives dead letters once more, the same bytes to the same topic in the same trace. Thread-safe.
 */
public final class DeadLetters {

  /** Where the gateway may write. */
  private static final Set<String> WRITABLE =
      Stream.of(Topics.INBOX, Topics.RAW_EVENT, Topics.TOOL_CALL, Topics.AUDIT_EVENT)
          .map(Topic::name)
          .collect(Collectors.toUnmodifiableSet());

  private final DeadLetterTable table;
  private final Outbox outbox;
  private final IdSource ids;
  private final InstantSource clock;

  public DeadLetters(DeadLetterTable table, Outbox outbox, IdSource ids, InstantSource clock) {
    this.table = table;
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Leaves the record and the audit of the operator's action in the gateway's outbox. To be called
   * in a transaction of the gateway's database. Each call drives it once more, and each is audited.
   */
  public Redriven redrive(UUID deadLetterId, AuditActor actor) {
    return table
        .find(deadLetterId)
        .map(letter -> redrive(letter, actor))
        .orElseGet(Redriven.Unknown::new);
  }

  private Redriven redrive(DeadLetter letter, AuditActor actor) {
    if (!WRITABLE.contains(letter.topic())) {
      return new Redriven.Refused(
          "a record of %s can't be driven again from here".formatted(letter.topic()));
    }
    TraceId trace = trace(letter);
    OutboxRecord again = words(letter, trace);
    if (again.size() > OutboxRecord.MAX_BYTES) {
      return new Redriven.Refused(
          "the record is too large to be driven again: " + again.size() + " bytes");
    }
    AuditId auditId = new AuditId(ids.next());
    AuditEvent audit = audit(letter, actor, trace, auditId);
    outbox.append(List.of(again, OutboxRecord.audit(audit)));
    return new Redriven.Accepted(trace, auditId, letter.topic());
  }

  private AuditEvent audit(DeadLetter letter, AuditActor actor, TraceId trace, AuditId auditId) {
    var details =
        Json.object()
            .put("topic", letter.topic())
            .put("partition", letter.partition())
            .put("offset", letter.offset())
            .put("reason", letter.reason());
    return AuditEvent.operatorAction("dead_letter", "redrive", auditId, trace, clock.instant())
        .actor(actor)
        .refs(Refs.NONE.with("dead_letter_id", letter.deadLetterId()))
        .details(details)
        .say(
            "A dead letter (%s) was sent to %s once more"
                .formatted(letter.reason(), letter.topic()));
  }

  /** One that never had a trace gets one of its own, the same each time. */
  private static TraceId trace(DeadLetter letter) {
    UUID known = letter.traceId();
    return new TraceId(
        known == null
            ? Uuids.named("trace", "dead-letter", letter.deadLetterId().toString())
            : known);
  }

  /** The record as it came, headers and all; only the trace is said anew. */
  @SuppressWarnings(
      "NullAway") // it does not see that an array of another module's record may be null
  private static OutboxRecord words(DeadLetter letter, TraceId trace) {
    Envelope envelope =
        letter.envelope().without(List.of(TraceParent.HEADER, RawEventHeaders.TRACE_ID));
    var headers =
        envelope.headers().stream()
            .map(header -> new OutboxRecord.Header(header.name(), header.value()))
            .toList();
    return new OutboxRecord(letter.topic(), envelope.key(), letter.payload(), headers)
        .withHeader(TraceParent.HEADER, TraceParent.format(trace, letter.deadLetterId()))
        .withHeader(RawEventHeaders.TRACE_ID, trace.toString());
  }
}
