package dev.syris.task.alarm;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.id.TraceId;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.outbox.OutboxRecord;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Alarms: raised by whoever finds something wrong, in the transaction that finds it; a repeat is
 * counted. Everything here belongs to a transaction of the caller. Thread-safe.
 */
public final class Alarms {

  private final AlarmTable table;
  private final Outbox outbox;
  private final IdSource ids;
  private final InstantSource clock;
  private final Consumer<AuditEvent> notice;

  /**
   * @param notice told of each new one, in the transaction that raises it
   */
  public Alarms(
      JdbcClient jdbc,
      Outbox outbox,
      IdSource ids,
      InstantSource clock,
      Consumer<AuditEvent> notice) {
    this.table = new AlarmTable(jdbc);
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
    this.notice = notice;
  }

  /** Raises one and tells of it, or counts up the one there is; says whether it is new. */
  public boolean raise(Finding finding) {
    UUID id = ids.next();
    TraceId trace = finding.trace() == null ? ids.nextTraceId() : finding.trace();
    boolean fresh = table.raise(id, finding, trace, clock.instant());
    if (fresh) {
      AuditEvent said = AlarmAudits.raised(id, finding, trace, clock.instant());
      outbox.append(List.of(OutboxRecord.audit(said)));
      notice.accept(said);
    }
    return fresh;
  }

  /** Raises what a record of the trail, which the caller writes, says; tells of it if it is new. */
  public void raiseAsSaid(AuditEvent said) {
    if (keep(said)) {
      notice.accept(said);
    }
  }

  /** The same, where somebody else tells of it. */
  public boolean keep(AuditEvent said) {
    return table.raise(ids.next(), Finding.of(said), said.traceId(), clock.instant());
  }

  /** The cause is known to be gone. */
  public void clear(String dedupeKey, String why) {
    table.lockUnresolved(dedupeKey).ifPresent(alarm -> resolve(alarm, AlarmAudits.SYSTEM, why));
  }

  /**
   * All that is wrong of a type: what is new is raised, what still is is counted up and told anew,
   * what was and is no more is resolved.
   *
   * @param why what a resolved one is resolved with
   */
  public void reconcile(String type, Collection<Finding> findings, String why) {
    Set<String> keys = findings.stream().map(Finding::dedupeKey).collect(Collectors.toSet());
    findings.forEach(this::raise);
    table.unresolved(type).stream()
        .filter(alarm -> !keys.contains(alarm.dedupeKey()))
        .forEach(alarm -> clear(alarm.dedupeKey(), why));
  }

  /** Somebody has seen it; answers it as readers see it. */
  String ack(UUID id, AuditActor by, @Nullable String note) {
    AlarmRow alarm = locked(id, AlarmStatus.ACKED);
    table.ack(id, by, note, clock.instant());
    outbox.append(
        List.of(
            OutboxRecord.audit(action("ack", alarm, by, note)),
            OutboxRecord.audit(AlarmAudits.acked(alarm, by, note, clock.instant()))));
    return table.show(id);
  }

  /** Somebody says that it is over; answers it as readers see it. */
  String resolve(UUID id, AuditActor by, @Nullable String note) {
    AlarmRow alarm = locked(id, AlarmStatus.RESOLVED);
    outbox.append(List.of(OutboxRecord.audit(action("resolve", alarm, by, note))));
    resolve(alarm, by, note);
    return table.show(id);
  }

  private AuditEvent action(String verb, AlarmRow alarm, AuditActor by, @Nullable String note) {
    return AlarmAudits.action(new AuditId(ids.next()), verb, alarm, by, note, clock.instant());
  }

  private void resolve(AlarmRow alarm, AuditActor by, @Nullable String note) {
    table.resolve(alarm.id(), by, note, clock.instant());
    outbox.append(
        List.of(OutboxRecord.audit(AlarmAudits.resolved(alarm, by, note, clock.instant()))));
  }

  private AlarmRow locked(UUID id, AlarmStatus next) {
    AlarmRow alarm =
        table
            .lock(id)
            .orElseThrow(
                () ->
                    new ProblemException(
                        CommonProblem.NOT_FOUND, "alarm.not_found", "there is no alarm " + id));
    if (!alarm.status().mayBecome(next)) {
      throw new ProblemException(
          CommonProblem.CONFLICT,
          "alarm." + alarm.status().wire(),
          "the alarm is %s already".formatted(alarm.status().wire()));
    }
    return alarm;
  }
}
