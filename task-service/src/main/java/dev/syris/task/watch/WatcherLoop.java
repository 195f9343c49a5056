package dev.syris.task.watch;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.outbox.OutboxRecord;
import dev.syris.platform.time.Loop;
import dev.syris.platform.time.Signal;
import dev.syris.task.TaskSettings;
import dev.syris.task.alarm.Alarms;
import dev.syris.task.alarm.Finding;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives watchers their turns. A turn is claimed, the watcher looks outside of any transaction, and
 * what it saw is one transaction with its state; a turn that another has followed says nothing any
 * more. Thread-safe.
 */
public final class WatcherLoop extends Loop {

  static final String FAILING = "watcher.failing";

  private static final Logger LOG = LoggerFactory.getLogger(WatcherLoop.class);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(15);
  private static final int MANY_ERRORS = 3;
  private static final int MOST_DOUBLINGS = 10;

  private final Map<String, Watcher> watchers = new LinkedHashMap<>();
  private final WatcherTable table;
  private final TransactionTemplate transaction;
  private final Outbox outbox;
  private final Alarms alarms;
  private final InstantSource clock;
  private final Turn turn = new Turn();
  private volatile boolean registered;

  WatcherLoop(
      List<Watcher> watchers,
      WatcherTable table,
      TransactionTemplate transaction,
      Outbox outbox,
      Alarms alarms,
      InstantSource clock,
      TaskSettings settings,
      Signal signal) {
    super("syris-task-watchers", settings.poll(), "watchers wait", signal);
    for (Watcher watcher : watchers) {
      if (this.watchers.put(watcher.id(), watcher) != null) {
        throw new IllegalArgumentException("two watchers are called " + watcher.id());
      }
    }
    this.table = table;
    this.transaction = transaction;
    this.outbox = outbox;
    this.alarms = alarms;
    this.clock = clock;
  }

  @Override
  protected Duration round() {
    register();
    for (Watcher watcher : watchers.values()) {
      Instant now = clock.instant();
      table
          .claim(watcher, now, watcher.timeout().plus(GRACE), longest(watcher.interval()))
          .ifPresent(
              row ->
                  Thread.ofVirtual()
                      .name("syris-watcher-turn-" + watcher.id())
                      .start(() -> take(watcher, row)));
    }
    Optional<Instant> next = table.next(watchers.keySet());
    return next.map(due -> Duration.between(clock.instant(), due))
        .filter(Duration::isPositive)
        .orElse(poll());
  }

  private void register() {
    if (!registered) {
      transaction.executeWithoutResult(
          _ -> {
            watchers.values().forEach(watcher -> table.register(watcher, clock.instant()));
            table.keepOnly(watchers.keySet());
          });
      registered = true;
    }
  }

  private void take(Watcher watcher, WatcherRow row) {
    try {
      Turn.Outcome outcome = turn.look(watcher, row, clock.instant());
      transaction.executeWithoutResult(
          _ -> {
            switch (outcome) {
              case Turn.Outcome.Looked(Tick tick) -> settle(watcher, row, tick);
              case Turn.Outcome.Failed(ErrorDetail error) -> fail(watcher, row, error);
            }
          });
      wake();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("the turn of watcher {} is lost: {}", watcher.id(), e.toString());
    }
  }

  private void settle(Watcher watcher, WatcherRow row, Tick tick) {
    Instant now = clock.instant();
    boolean tooSoon = tooSoon(row.lastEventAt(), watcher.throttle(), now);
    int events = tick.events().size();
    int suppressed = tooSoon ? events : 0;
    Instant sent = events > 0 && !tooSoon ? now : null;
    Instant next = now.plus(watcher.interval());
    if (!table.settle(row, tick, now, next, suppressed, sent)) {
      return;
    }
    var said = new ArrayList<OutboxRecord>();
    said.add(OutboxRecord.audit(WatcherWords.ticked(row, tick, now)));
    if (suppressed > 0) {
      said.add(OutboxRecord.audit(WatcherWords.suppressed(row, suppressed, now)));
    } else {
      for (int i = 0; i < events; i++) {
        said.add(WatcherWords.event(row, tick.events().get(i), i, now));
      }
    }
    outbox.append(said);
    tick.findings().forEach((type, found) -> alarms.reconcile(type, found, "it is gone"));
    if (row.consecutiveErrors() > 0) {
      alarms.clear(key(row), "it looks again");
    }
  }

  /** An event from the future is none: the clock has been set back. */
  private static boolean tooSoon(@Nullable Instant last, Duration throttle, Instant now) {
    return last != null && !last.isAfter(now) && last.plus(throttle).isAfter(now);
  }

  private void fail(Watcher watcher, WatcherRow row, ErrorDetail error) {
    Instant now = clock.instant();
    long errors = row.consecutiveErrors() + 1;
    Instant next = now.plus(backOff(watcher.interval(), errors));
    if (!table.fail(row, error, now, next)) {
      return;
    }
    LOG.warn("watcher {} could not look: {}", watcher.id(), error.message());
    outbox.append(List.of(OutboxRecord.audit(WatcherWords.failed(row, error, next, now))));
    if (errors >= MANY_ERRORS) {
      alarms.raise(
          Finding.of(
              FAILING,
              Finding.Severity.ERROR,
              key(row),
              "The watcher \"%s\" has failed %d times: %s"
                  .formatted(row.id(), errors, error.message()),
              Json.object().put("watcher_id", row.id()).put("consecutive_errors", errors)));
    }
  }

  /** Twice as long after each error, up to a quarter of an hour or its interval. */
  static Duration backOff(Duration interval, long errors) {
    Duration longer =
        interval.multipliedBy(1L << Math.min(Math.max(0, errors - 1), MOST_DOUBLINGS));
    Duration most = longest(interval);
    return longer.compareTo(most) > 0 ? most : longer;
  }

  private static Duration longest(Duration interval) {
    return interval.compareTo(LONGEST_BACK_OFF) > 0 ? interval : LONGEST_BACK_OFF;
  }

  private static String key(WatcherRow row) {
    return FAILING + ":" + row.id();
  }
}
