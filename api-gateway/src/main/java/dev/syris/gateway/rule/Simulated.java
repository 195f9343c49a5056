package dev.syris.gateway.rule;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a rule would have done in a time that is over.
 *
 * @param events how many there were
 * @param fired how many it would have fired for
 * @param suppressed how many would have been held back, by reason
 * @param days every day of the time
 * @param samples the first events that matched
 */
record Simulated(
    long events,
    long fired,
    SortedMap<String, Long> suppressed,
    List<Day> days,
    List<Sample> samples) {

  /** One day, in the time zone of the system. */
  record Day(LocalDate day, long fired, long suppressed) {}

  /**
   * An event that matched.
   *
   * @param outcome {@code fired} or {@code suppressed}
   * @param key what the event is about; null where the rule tells nothing apart
   * @param reason what would have held it back
   * @param until when this alone would no longer hold it back
   * @param link the address of its trace
   */
  record Sample(
      UUID eventId,
      UUID traceId,
      String outcome,
      @Nullable String key,
      @Nullable String reason,
      @Nullable Instant until,
      String link) {}
}
