package dev.syris.task.watch;

import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import dev.syris.task.alarm.Finding;
import dev.syris.task.instance.Instance;
import dev.syris.task.instance.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says that the system is alive, and notices that it was not: a beat that comes more than half an
 * interval late was missed. A clock that is set is no gap between two beats of the same process;
 * the last one may be of another.
 */
final class HeartbeatWatcher implements Watcher {

  static final String ID = "heartbeat";
  static final String MISSED = "heartbeat.missed";

  private final Duration interval;
  private final Instance instance;
  private final LongSupplier nanos;
  private @Nullable Instant lastBeatAt;
  private long lastNanos;

  /**
   * @param nanos time that nobody sets, in nanoseconds
   */
  HeartbeatWatcher(Duration interval, Instance instance, LongSupplier nanos) {
    this.interval = interval;
    this.instance = instance;
    this.nanos = nanos;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String type() {
    return ID;
  }

  @Override
  public Duration interval() {
    return interval;
  }

  @Override
  public synchronized Tick tick(Look look) {
    Instant last = time(look.state().get("last_beat_at"));
    Duration gap = gap(look, last);
    long missed = (gap.toMillis() + interval.toMillis() / 2) / interval.toMillis() - 1;
    lastNanos = nanos.getAsLong();
    ObjectNode state = Json.object().put("last_beat_at", InstantCodec.format(look.now()));
    lastBeatAt = time(state.get("last_beat_at"));
    JsonNode former = look.state().get("interruption");
    if (last == null || missed < 1) {
      if (former != null) {
        state.set("interruption", former);
      }
      return Tick.quiet("it beats", state).with(MISSED, List.of());
    }
    String cause = cause(last);
    state
        .putObject("interruption")
        .put("from", InstantCodec.format(last))
        .put("until", InstantCodec.format(look.now()))
        .put("missed_beats", missed)
        .put("cause", cause);
    if (cause.equals("clean")) {
      return Tick.quiet("it beats again after a stop", state).with(MISSED, List.of());
    }
    String summary =
        "%d beats were missed between %s and %s: the system was %s"
            .formatted(missed, last, look.now(), cause);
    var finding =
        Finding.of(
            MISSED,
            Finding.Severity.ERROR,
            MISSED,
            summary,
            (ObjectNode) state.get("interruption").deepCopy());
    return new Tick("late", summary, state, List.of(), Map.of()).with(MISSED, List.of(finding));
  }

  private Duration gap(Look look, @Nullable Instant last) {
    if (last == null || last.isBefore(look.enabledAt())) {
      return Duration.ZERO;
    }
    return last.equals(lastBeatAt)
        ? Duration.ofNanos(nanos.getAsLong() - lastNanos)
        : Duration.between(last, look.now());
  }

  /** How the run ended that was to beat; where it is this one, it stood still. */
  private String cause(Instant last) {
    Run run = instance.run();
    return run != null && run.startedAt().isAfter(last) ? run.restartReason() : "frozen";
  }

  private static @Nullable Instant time(@Nullable JsonNode given) {
    return given == null ? null : Instant.parse(given.asString());
  }
}
