package dev.syris.task.schedule;

import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.json.Json;
import dev.syris.platform.postgres.AfterCommit;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What tools may do with schedules, in the transaction of their call. Thread-safe. */
public final class Schedules {

  private final ScheduleTable table;
  private final PlanReader reader;
  private final InstantSource clock;
  private final Runnable wake;

  Schedules(ScheduleTable table, PlanReader reader, InstantSource clock, Runnable wake) {
    this.table = table;
    this.reader = reader;
    this.clock = clock;
    this.wake = wake;
  }

  /**
   * Something to be said once, as a child of what asked for it.
   *
   * @param name for people
   * @param payload {text?, structured?}
   */
  public record Once(String id, String name, Instant due, ObjectNode payload, Cause cause) {}

  public void timer(Once once, ToolCallId by) {
    set(Scheduled.Kind.TIMER, once, ZoneOffset.UTC, by);
  }

  /**
   * An alarm clock.
   *
   * @param zone in which its time was named
   */
  public void alarm(Once once, ZoneId zone, ToolCallId by) {
    set(Scheduled.Kind.ALARM, once, zone, by);
  }

  private void set(Scheduled.Kind kind, Once once, ZoneId zone, ToolCallId by) {
    ObjectNode body =
        Json.object()
            .put("name", once.name())
            .put("enabled", true)
            .put("type", ScheduleSpec.Type.ONE_SHOT.wire())
            .put("spec", once.due().toString())
            .put("timezone", zone instanceof ZoneOffset ? "UTC" : zone.getId())
            .put("catch_up_policy", CatchUp.Policy.RUN_ONCE.wire())
            .put("overlap_policy", Overlap.ALLOW.wire());
    body.set("payload", once.payload());
    var schedule =
        new Scheduled(
            once.id(), kind, reader.kept(body), once.due(), once.due(), null, null, once.cause());
    table.insert(schedule, body, by, clock.instant());
    wakeAfterCommit();
  }

  /** One that is to be run; {@code kind} is schedule, timer or alarm. */
  public record Coming(String id, String kind, String name, Instant at) {}

  /** What is run next, soonest first. */
  public List<Coming> coming(int limit) {
    return table.coming(limit);
  }

  /** Wakes the scheduler once the caller's transaction has committed. */
  void wakeAfterCommit() {
    AfterCommit.register(wake);
  }
}
