package dev.syris.gateway.rule;

import dev.syris.rules.replay.PastEvent;
import dev.syris.rules.replay.RuleReplay;
import dev.syris.rules.replay.Verdict;
import dev.syris.rules.rule.Restraint;
import dev.syris.rules.rule.Rule;
import dev.syris.rules.setting.RuleSettings;
import dev.syris.rules.suppress.Decision;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what one rule makes of past events. Those before the time that is asked about only fill
 * the rule's windows. For one thread.
 */
final class Simulation {

  static final int MAX_SAMPLES = 100;

  private static final long MINUTE_MS = 60_000;

  private final RuleReplay replay;
  private final Instant since;
  private final ZoneId zone;
  private final TreeMap<LocalDate, long[]> days = new TreeMap<>();
  private final TreeMap<String, Long> suppressed = new TreeMap<>();
  private final List<Simulated.Sample> samples = new ArrayList<>();
  private long events;
  private long fired;

  /**
   * @param until exclusive
   * @param zone of the days
   */
  Simulation(Rule rule, RuleSettings settings, Instant since, Instant until, ZoneId zone) {
    this.replay = new RuleReplay(rule, settings);
    this.since = since;
    this.zone = zone;
    LocalDate last = LocalDate.ofInstant(until.minusNanos(1), zone);
    LocalDate.ofInstant(since, zone)
        .datesUntil(last.plusDays(1))
        .forEach(day -> days.put(day, new long[2]));
  }

  /** From when on events matter: as long before the time as the rule's windows are. */
  static Instant start(Rule rule, Instant since) {
    Restraint restraint = rule.restraint();
    long window = Math.max(MINUTE_MS, Math.max(restraint.debounceMs(), restraint.dedupeWindowMs()));
    return since.minusMillis(window);
  }

  /** An event no rule was asked about; it counts all the same. */
  void pass(PastEvent event) {
    if (!event.ingestedAt().isBefore(since)) {
      events++;
    }
  }

  void next(PastEvent event) {
    Verdict verdict = replay.next(event);
    pass(event);
    if (!event.ingestedAt().isBefore(since)
        && verdict instanceof Verdict.Matched(String key, Decision decision)) {
      count(event, key, decision);
    }
  }

  private void count(PastEvent event, String key, Decision decision) {
    long[] day =
        days.computeIfAbsent(LocalDate.ofInstant(event.ingestedAt(), zone), _ -> new long[2]);
    switch (decision) {
      case Decision.Fired _ -> {
        fired++;
        day[0]++;
        sample(event, "fired", key, null, null);
      }
      case Decision.Suppressed held -> {
        suppressed.merge(held.reason().wire(), 1L, Long::sum);
        day[1]++;
        sample(event, "suppressed", key, held.reason().wire(), held.until());
      }
    }
  }

  private void sample(
      PastEvent event,
      String outcome,
      String key,
      @Nullable String reason,
      @Nullable Instant until) {
    if (samples.size() < MAX_SAMPLES) {
      samples.add(
          new Simulated.Sample(
              event.eventId().value(),
              event.traceId().value(),
              outcome,
              key.isEmpty() ? null : key,
              reason,
              until,
              "/traces/" + event.traceId()));
    }
  }

  Simulated result() {
    List<Simulated.Day> perDay =
        days.entrySet().stream()
            .map(day -> new Simulated.Day(day.getKey(), day.getValue()[0], day.getValue()[1]))
            .toList();
    return new Simulated(events, fired, suppressed, perDay, List.copyOf(samples));
  }
}
