package dev.syris.gateway.ledger.sink;

import dev.syris.gateway.ledger.sink.LedgerWriter.Written;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;

/** What the ledger counts. */
public final class LedgerMeters {

  private final Counter audits;
  private final Counter events;
  private final Counter decisions;
  private final Counter deadLetters;
  private final Counter repeats;
  private final Counter malformed;
  private final Counter fenced;
  private final Counter gaps;
  private final Timer transactions;

  public LedgerMeters(MeterRegistry registry, LedgerLag lag, InstantSource clock) {
    this.audits = rows(registry, "audit");
    this.events = rows(registry, "event");
    this.decisions = rows(registry, "routing_decision");
    this.deadLetters = rows(registry, "dead_letter");
    this.repeats = registry.counter("syris.ledger.repeats");
    this.malformed = registry.counter("syris.ledger.malformed");
    this.fenced = registry.counter("syris.ledger.fenced");
    this.gaps = registry.counter("syris.ledger.gaps");
    this.transactions = registry.timer("syris.ledger.transactions");
    for (Source source : Source.values()) {
      Gauge.builder("syris.ledger.records.behind", () -> lag.records(source))
          .tag("topic", source.topic())
          .register(registry);
      Gauge.builder(
              "syris.ledger.seconds.behind",
              () -> lag.time(source, clock.instant()).toMillis() / 1000.0)
          .tag("topic", source.topic())
          .register(registry);
    }
  }

  private static Counter rows(MeterRegistry registry, String kind) {
    return registry.counter("syris.ledger.rows", "kind", kind);
  }

  void written(Written written, Duration took) {
    audits.increment(written.audits());
    events.increment(written.events());
    decisions.increment(written.decisions());
    deadLetters.increment(written.deadLetters());
    repeats.increment(written.repeats());
    transactions.record(took);
  }

  /**
   * Records of the ledger's topics that were laid aside because they are not what the topic holds.
   */
  void malformed(long records) {
    malformed.increment(records);
  }

  void fenced() {
    fenced.increment();
  }

  void gaps(long found) {
    gaps.increment(found);
  }
}
