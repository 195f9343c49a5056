package dev.syris.task.leak;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.topic.Headers;
import dev.syris.contracts.topic.RawEventHeaders;
import dev.syris.platform.secret.SecretName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Looks through raw events. Raises alarms of a batch together, or throws. */
final class EventSearch {

  private final KnownSecrets secrets;
  private final LeakAlarms alarms;

  EventSearch(KnownSecrets secrets, LeakAlarms alarms) {
    this.secrets = secrets;
    this.alarms = alarms;
  }

  /** Throws where it can't look or can't tell; the same records are to be read again then. */
  void look(List<ConsumerRecord<byte[], byte[]>> records) {
    LeakSearch search = secrets.search();
    if (search == null) {
      throw new IllegalStateException("the secrets are not known yet");
    }
    var found = new ArrayList<AuditEvent>();
    for (ConsumerRecord<byte[], byte[]> source : records) {
      byte[] value = source.value();
      Set<SecretName> names = value == null ? Set.of() : Bytes.search(search, value);
      if (!names.isEmpty()) {
        place(source).ifPresent(place -> found.addAll(LeakAlarms.of(names, place)));
      }
    }
    if (!found.isEmpty()) {
      alarms.raise(found);
    }
  }

  /** Empty for a record that is none of ours. */
  private static Optional<Place> place(ConsumerRecord<byte[], byte[]> source) {
    String event = Headers.text(source.headers(), RawEventHeaders.EVENT_ID);
    String trace = Headers.text(source.headers(), RawEventHeaders.TRACE_ID);
    if (event == null || trace == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Place(
              Place.Kind.EVENT,
              TraceId.parse(trace),
              Refs.event(EventId.parse(event)),
              Instant.ofEpochMilli(Math.max(0, source.timestamp()))));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
