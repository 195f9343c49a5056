package dev.syris.task.schedule;

import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import dev.syris.platform.problem.ProblemException.FieldError;
import dev.syris.task.document.Document;
import dev.syris.task.document.DocumentRules;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What schedules must be like, and when one that was changed is due next. Thread-safe. */
final class ScheduleRules implements DocumentRules {

  private final ScheduleTable table;
  private final PlanReader reader;
  private final Predicate<String> quietHoursExist;
  private final InstantSource clock;
  private final Runnable changed;

  /**
   * @param changed told in each transaction that changed one
   */
  ScheduleRules(
      ScheduleTable table,
      PlanReader reader,
      Predicate<String> quietHoursExist,
      InstantSource clock,
      Runnable changed) {
    this.table = table;
    this.reader = reader;
    this.quietHoursExist = quietHoursExist;
    this.clock = clock;
    this.changed = changed;
  }

  @Override
  public ObjectNode accept(ObjectNode body) {
    return switch (reader.read(body)) {
      case PlanReader.Reading.Accepted(Plan plan, ObjectNode kept) -> {
        String hours = plan.quietHours();
        if (hours != null && !quietHoursExist.test(hours)) {
          throw invalid(
              new FieldError(
                  "/quiet_hours_policy_id",
                  "unknown",
                  "there are no quiet hours %s; PUT /quiet-hours/%s makes them"
                      .formatted(hours, hours)));
        }
        yield kept;
      }
      case PlanReader.Reading.Rejected(List<FieldError> errors) ->
          throw invalid(errors.toArray(FieldError[]::new));
    };
  }

  static ProblemException invalid(FieldError... errors) {
    return new ProblemException(
            CommonProblem.INVALID, "schedule.invalid", "this is no schedule that can be run")
        .errors(List.of(errors));
  }

  /**
   * A change of when it is due starts anew from now, as switching it on does: what lies before is
   * not missed.
   */
  @Override
  public void written(Optional<Document> before, Document now) {
    Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Plan plan = reader.kept(now.body());
    Plan former = before.map(document -> reader.kept(document.body())).orElse(null);
    Scheduled row = table.find(now.key()).orElseThrow();
    boolean asBefore = former != null && former.when().equals(plan.when());
    if (!plan.enabled()) {
      table.arm(now.key(), asBefore ? row.anchor() : at, null);
    } else if (former == null || !asBefore || !former.enabled()) {
      table.arm(
          now.key(), asBefore ? row.anchor() : at, first(plan, asBefore ? row.anchor() : at, at));
    }
    changed.run();
  }

  private static Instant first(Plan plan, Instant anchor, Instant now) {
    @Nullable Instant first = plan.when().recurrence(anchor).after(now).orElse(null);
    if (first == null) {
      throw invalid(
          new FieldError(
              "/spec",
              "value",
              "is \"%s\", which never comes again; it is %s".formatted(plan.when().spec(), now)));
    }
    return first;
  }
}
