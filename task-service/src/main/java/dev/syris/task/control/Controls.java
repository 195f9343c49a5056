package dev.syris.task.control;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.json.Json;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.outbox.OutboxRecord;
import dev.syris.platform.postgres.AfterCommit;
import dev.syris.task.rule.SettingWords;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and sets the controls. Who judges a call holds them until his transaction ends; who sets
 * them waits for that: once a change is answered, no call starts by what held before. Thread-safe.
 */
public final class Controls {

  private static final AuditActor EXPIRY = AuditActor.system("task-service");

  private final ControlTable table;
  private final TransactionTemplate transaction;
  private final Outbox outbox;
  private final IdSource ids;
  private final InstantSource clock;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  public Controls(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Outbox outbox,
      IdSource ids,
      InstantSource clock) {
    this.table = new ControlTable(jdbc);
    this.transaction = transaction;
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
  }

  /** How a pause treats what is under way. */
  public enum PauseMode {
    DRAIN,
    HALT;

    String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The controls, which stay as they are until the caller's transaction ends. */
  public Posture hold(Instant now) {
    table.share();
    return table.read(now);
  }

  /**
   * The level as the pipeline is told of it once more; nobody sets another before the caller's
   * transaction ends.
   */
  public OutboxRecord retell() {
    Posture held = hold(clock.instant());
    return SettingWords.autonomy(held.level().name(), table.version());
  }

  /** The controls as they are at this moment. */
  public Posture now() {
    return table.read(clock.instant());
  }

  /** Told after every change that was made here. */
  public void whenChanged(Runnable told) {
    listeners.add(told);
  }

  /**
   * Sets the level.
   *
   * @param expiresAt from when on the level of before holds again; null where it stays
   */
  public void setLevel(
      AutonomyLevel level, @Nullable Instant expiresAt, @Nullable String reason, AuditActor by) {
    transaction.executeWithoutResult(
        _ -> {
          table.exclude();
          Instant now = clock.instant();
          AutonomyLevel was = table.read(now).level();
          write(level, was, expiresAt == null ? null : was, expiresAt, reason, by, now);
        });
  }

  private void write(
      AutonomyLevel level,
      AutonomyLevel was,
      @Nullable AutonomyLevel fallback,
      @Nullable Instant expiresAt,
      @Nullable String reason,
      AuditActor by,
      Instant now) {
    var change =
        new ControlTable.Change("autonomy", level.name(), was.name(), by, reason, expiresAt);
    long version = table.setLevel(change, fallback, now);
    table.note(change, now);
    outbox.append(List.of(SettingWords.autonomy(level.name(), version)));
    String until = expiresAt == null ? "" : " until " + expiresAt;
    say(
        "autonomy",
        "set",
        change,
        "The autonomy level went from %s to %s%s".formatted(was, level, until),
        now);
  }

  /** Nothing new is started from now on. */
  public void pause(PauseMode mode, @Nullable String reason, AuditActor by) {
    String sentence =
        switch (mode) {
          case DRAIN -> "Nothing new is started; what runs may end";
          case HALT -> "Nothing new is started, and what runs is cut off";
        };
    switchTo(mode, reason, by, "pause", sentence);
  }

  /** The backlog is worked off, in the order it came. */
  public void resume(@Nullable String reason, AuditActor by) {
    switchTo(null, reason, by, "resume", "Work goes on, in the order it came");
  }

  private void switchTo(
      @Nullable PauseMode mode,
      @Nullable String reason,
      AuditActor by,
      String verb,
      String sentence) {
    transaction.executeWithoutResult(
        _ -> {
          table.exclude();
          Instant now = clock.instant();
          Posture before = table.read(now);
          String was = before.halted() ? "halt" : before.paused() ? "drain" : "running";
          String value = mode == null ? "running" : mode.wire();
          var change = new ControlTable.Change("pause", value, was, by, reason, null);
          table.pause(mode == null ? null : mode.wire());
          table.note(change, now);
          say("controls", verb, change, sentence, now);
        });
  }

  /** Notes that a level set for a time is over; it has not held since. */
  public void noteExpiry() {
    if (!table.expired(clock.instant())) {
      return;
    }
    transaction.executeWithoutResult(
        _ -> {
          table.exclude();
          Instant now = clock.instant();
          if (table.expired(now)) {
            AutonomyLevel level = table.read(now).level();
            write(level, level, null, null, "the time it was set for is over", EXPIRY, now);
          }
        });
  }

  private void say(
      String resource, String verb, ControlTable.Change change, String sentence, Instant now) {
    ObjectNode details = Json.object().put("value", change.value()).put("was", change.was());
    if (change.reason() != null) {
      details.put("reason", change.reason());
    }
    AuditEvent audit =
        AuditEvent.operatorAction(resource, verb, new AuditId(ids.next()), ids.nextTraceId(), now)
            .actor(change.by())
            .details(details)
            .say(sentence);
    outbox.append(List.of(OutboxRecord.audit(audit)));
    AfterCommit.register(() -> listeners.forEach(Runnable::run));
  }

  byte[] show() {
    return table.show();
  }
}
