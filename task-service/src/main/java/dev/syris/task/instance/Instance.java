package dev.syris.task.instance;

import dev.syris.platform.time.Signal;
import dev.syris.task.TaskSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * This run of this instance: takes its name when the database can be reached, says regularly that
 * it is well, and says goodbye. A run whose name was taken by a later one is fenced and does
 * nothing more. Thread-safe.
 */
public final class Instance implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Instance.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration STOP = Duration.ofMillis(500);

  private final HealthTable table;
  private final InstantSource clock;
  private final TaskSettings settings;
  private final String name;
  private final String version;
  private final CrashReports crashes;
  private final Signal signal = new Signal();
  private final List<Runnable> whenReady = new CopyOnWriteArrayList<>();

  private volatile boolean running;
  private volatile boolean fenced;
  private volatile @Nullable Run run;
  private volatile @Nullable Instant lastBeat;
  private @Nullable Thread thread;
  private boolean announced;

  /**
   * @param name the same after a restart, another for each instance that runs at the same time
   */
  public Instance(
      JdbcClient jdbc, InstantSource clock, TaskSettings settings, String name, String version) {
    this(jdbc, clock, settings, name, version, CrashReports.NONE);
  }

  /**
   * One that can tell a crash from a kill.
   *
   * @param crashes where the JVM writes what it crashed of
   */
  public Instance(
      JdbcClient jdbc,
      InstantSource clock,
      TaskSettings settings,
      String name,
      String version,
      CrashReports crashes) {
    this.crashes = crashes;
    this.table = new HealthTable(jdbc);
    this.clock = clock;
    this.settings = settings;
    this.name = name;
    this.version = version;
  }

  /** Null until the name is taken, and after it is lost. */
  public @Nullable Run run() {
    return fenced ? null : run;
  }

  /** Null until the name is taken, and after it is lost. */
  public @Nullable Owner owner() {
    Run current = run();
    return current == null ? null : current.owner();
  }

  /** Who it is, or was before it lost its name; null until the name is taken. */
  public @Nullable Owner identity() {
    Run current = run;
    return current == null ? null : current.owner();
  }

  public boolean isFenced() {
    return fenced;
  }

  @Nullable Instant lastBeat() {
    return lastBeat;
  }

  /**
   * Does something as soon as the name is taken, again until it succeeds. To be said before the
   * start.
   */
  public void onReady(Runnable action) {
    whenReady.add(action);
  }

  /** Somebody found out that a later run has the name. */
  public void fenced() {
    if (!fenced) {
      fenced = true;
      LOG.error(
          "another process runs as instance \"{}\"; this one does nothing more. Give each its own"
              + " syris.instance",
          name);
    }
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().name("syris-task-heartbeat").start(this::loop);
  }

  private void loop() {
    Duration pause = FIRST_PAUSE;
    while (running && !fenced) {
      try {
        beatOrRenew();
        pause = FIRST_PAUSE;
        signal.await(Collections.min(List.of(settings.heartbeat(), settings.lease().dividedBy(3))));
      } catch (InterruptedException e) {
        running = false;
      } catch (RuntimeException e) {
        LOG.warn("no heartbeat, the database is away: {}", e.getMessage());
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
        rest(pause);
      }
    }
  }

  /** The lease is renewed several times between two beats. */
  private void beatOrRenew() {
    Run current = run;
    Instant last = lastBeat;
    if (current == null || !announced || last == null || isDue(last, clock.instant())) {
      beat();
    }
    if (current != null && !table.renew(current.owner(), settings.lease())) {
      fenced();
    }
  }

  /** Also where the last beat lies in the future: the clock has been set back. */
  private boolean isDue(Instant last, Instant now) {
    return now.isBefore(last) || !now.isBefore(last.plus(settings.heartbeat()));
  }

  private void beat() {
    Instant now = clock.instant();
    Instant next = now.plus(settings.heartbeat());
    Run current = run;
    if (current == null) {
      boolean crashed =
          table
              .former(name)
              .map(former -> crashes.has(former.pid(), former.startedAt()))
              .orElse(false);
      run = table.begin(name, version, crashed, now, next, settings.lease());
    } else if (!table.beat(current.owner(), now, next)) {
      fenced();
      return;
    }
    lastBeat = now;
    if (!announced) {
      whenReady.forEach(Runnable::run);
      announced = true;
    }
  }

  private void rest(Duration pause) {
    try {
      signal.await(pause);
    } catch (InterruptedException e) {
      running = false;
    }
  }

  @Override
  public void stop() {
    running = false;
    signal.raise();
    Thread stopping = thread;
    Owner owner = owner();
    if (stopping == null) {
      return;
    }
    try {
      if (!stopping.join(STOP)) {
        stopping.interrupt();
      }
      if (owner != null) {
        table.end(owner, clock.instant());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("no goodbye, the database is away: {}", e.getMessage());
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before everything that needs the name; its goodbye is the last thing said. */
  @Override
  public int getPhase() {
    return -500;
  }
}
