package dev.syris.gateway.health;

import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;

/**
 * Puts together how the system is. Asks at most once a second, whoever calls how often.
 * Thread-safe.
 */
final class SystemState {

  private static final Logger LOG = LoggerFactory.getLogger(SystemState.class);
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final StateReader reader;
  private final List<String> parts;
  private final InstantSource clock;
  private final Instant startedAt;
  private final Remembered<List<Subsystem>> subsystems;
  private final Remembered<Heartbeat> heartbeat;
  private final Remembered<Optional<StateReader.Counts>> counts;
  private volatile Heartbeat lastSeen = Heartbeat.UNKNOWN;

  SystemState(SubsystemProbes probes, StateReader reader, InstantSource clock) {
    this.reader = reader;
    this.parts = probes.names();
    this.clock = clock;
    this.startedAt = clock.instant();
    this.subsystems = new Remembered<>(probes::ask, FRESH);
    this.heartbeat = new Remembered<>(this::readHeartbeat, FRESH);
    this.counts = new Remembered<>(this::readCounts, FRESH);
  }

  Health health() {
    List<Subsystem> now = subsystems.get();
    boolean databaseAway =
        now.stream().anyMatch(part -> part.name().equals(DatabaseProbe.NAME) && !part.up());
    Heartbeat beat = databaseAway ? lastSeen : heartbeat.get();
    String version =
        Objects.requireNonNullElse(
            SystemState.class.getPackage().getImplementationVersion(), "unknown");
    return Health.of(now, beat, startedAt, clock.instant(), version);
  }

  /** Names of the parts there are. */
  List<String> parts() {
    return parts;
  }

  boolean up(String part) {
    return subsystems.get().stream().anyMatch(known -> known.name().equals(part) && known.up());
  }

  /** The counts; nothing where the database does not answer. */
  Optional<StateReader.Counts> counts() {
    return counts.get();
  }

  Map<String, Object> state() {
    StateReader.Counts now = counts().orElseThrow(SystemState::databaseAway);
    var state = new LinkedHashMap<String, Object>();
    state.put("autonomy_level", now.controls().autonomyLevel());
    state.put("paused", now.controls().paused());
    state.putAll(now.byStatus());
    state.put("jobs", Map.of());
    state.put("oldest_waiting", now.oldestWaiting());
    put(state, "oldest_tool_call_at", now.oldestCall().time());
    state.put("timers_pending", now.timers().count());
    put(state, "next_timer_at", now.timers().time());
    put(state, "pipeline_lag", lag("pipeline").orElse(null));
    put(state, "ledger_lag", lag("ledger").orElse(null));
    state.put("ledger_sequence", now.ledger().count());
    put(state, "ledger_recorded_at", now.ledger().time());
    state.put("outbox_depth", now.outbox().count());
    put(state, "outbox_oldest_at", now.outbox().time());
    state.put("subsystems", subsystems.get());
    return state;
  }

  /** How many records a part is behind; nothing where it does not say. */
  Optional<Long> lag(String part) {
    return subsystems.get().stream()
        .filter(subsystem -> subsystem.name().equals(part))
        .findFirst()
        .flatMap(subsystem -> Lag.in(subsystem.details()));
  }

  private Heartbeat readHeartbeat() {
    try {
      Heartbeat found = reader.heartbeat();
      lastSeen = found;
      return found;
    } catch (DataAccessResourceFailureException | TransientDataAccessException e) {
      LOG.warn("the heartbeat cannot be read: {}", e.getMessage());
      return lastSeen;
    }
  }

  private Optional<StateReader.Counts> readCounts() {
    try {
      return Optional.of(reader.counts());
    } catch (DataAccessResourceFailureException | TransientDataAccessException e) {
      LOG.warn("the counts cannot be read: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static void put(Map<String, Object> state, String name, @Nullable Object value) {
    if (value != null) {
      state.put(name, value);
    }
  }

  private static ProblemException databaseAway() {
    return new ProblemException(
            CommonProblem.UNAVAILABLE,
            "database.unavailable",
            "the database does not answer; try again shortly")
        .header(HttpHeaders.RETRY_AFTER, "1");
  }
}
