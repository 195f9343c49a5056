package dev.syris.gateway.ledger.sink;

import dev.syris.gateway.ledger.artifact.DeadLetter;
import dev.syris.gateway.ledger.chain.AuditRecord;
import dev.syris.gateway.ledger.reading.MalformedRecordException;
import dev.syris.gateway.ledger.records.DecisionRow;
import dev.syris.gateway.ledger.records.EventRow;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads records of the ledger's topics. A malformed one becomes a dead letter, never an exception.
 * Pure.
 */
final class EntryReader {

  private EntryReader() {}

  static Entry read(ConsumerRecord<byte[], byte[]> source) {
    Source kind = Source.of(source.topic());
    try {
      return switch (kind) {
        case AUDIT ->
            new Entry.OfAudit(
                AuditRecord.read(value(source), Instant.ofEpochMilli(source.timestamp())));
        case EVENT ->
            new Entry.OfEvent(EventRow.read(value(source), source.partition(), source.offset()));
        case DECISION -> new Entry.OfDecision(DecisionRow.read(value(source)));
        case DEAD_LETTER -> new Entry.OfDeadLetter(DeadLetterReader.read(source));
      };
    } catch (MalformedRecordException e) {
      DeadLetter letter = DeadLetterReader.laidAside(source, reason(kind), e.wrong());
      return new Entry.OfDeadLetter(letter);
    }
  }

  private static String reason(Source kind) {
    return switch (kind) {
      case AUDIT -> "audit.malformed";
      case EVENT -> "event.malformed";
      case DECISION -> "decision.malformed";
      case DEAD_LETTER -> "dead_letter.malformed";
    };
  }

  private static byte[] value(ConsumerRecord<byte[], byte[]> source)
      throws MalformedRecordException {
    byte[] value = source.value();
    if (value == null) {
      throw new MalformedRecordException("the record has no value");
    }
    return value;
  }
}
