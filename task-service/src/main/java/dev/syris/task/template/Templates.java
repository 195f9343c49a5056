package dev.syris.task.template;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.json.Json;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.outbox.OutboxRecord;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import dev.syris.platform.problem.ProblemException.FieldError;
import dev.syris.task.plan.Known;
import dev.syris.task.plan.PlanReader;
import dev.syris.task.plan.PlanReading;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/** The templates and what may be done with them; each change is one transaction with its audit. */
public final class Templates {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private final TemplateTable table;
  private final TransactionTemplate transaction;
  private final Outbox outbox;
  private final PlanReader reader;
  private final IdSource ids;
  private final InstantSource clock;

  public Templates(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Outbox outbox,
      PlanReader reader,
      IdSource ids,
      InstantSource clock) {
    this.table = new TemplateTable(jdbc);
    this.transaction = transaction;
    this.outbox = outbox;
    this.reader = reader;
    this.ids = ids;
    this.clock = clock;
  }

  public Optional<TaskTemplate> find(String name) {
    return table.find(name);
  }

  /** What a change leads to: the template as readers see it, and its entity tag. */
  record Shown(boolean created, String body, String etag) {}

  /** Adds one; the name must be free. */
  Shown create(String name, ObjectNode plan, AuditActor by) {
    check(name, plan);
    return change(
        () -> {
          if (!table.insert(name, plan, clock.instant())) {
            throw new ProblemException(
                CommonProblem.CONFLICT,
                "task_template.exists",
                "there is a template \"%s\" already; PUT replaces it".formatted(name));
          }
          say("create", name, by);
          return shown(name, true);
        });
  }

  /** Adds or replaces one. */
  Shown put(String name, ObjectNode plan, AuditActor by, @Nullable String ifMatch) {
    check(name, plan);
    return change(
        () -> {
          Optional<TaskTemplate> before = table.lock(name);
          checkMatch(name, before, ifMatch);
          boolean created = table.insert(name, plan, clock.instant());
          if (!created) {
            table.replace(name, plan, clock.instant());
          }
          say(created ? "create" : "replace", name, by);
          return shown(name, created);
        });
  }

  /** Changes members of one, as RFC 7396 merges. */
  Shown patch(String name, ObjectNode changes, AuditActor by, @Nullable String ifMatch) {
    return change(
        () -> {
          TaskTemplate before = table.lock(name).orElseThrow(() -> missing(name));
          checkMatch(name, Optional.of(before), ifMatch);
          ObjectNode plan = before.body().deepCopy();
          changes
              .properties()
              .forEach(
                  member -> {
                    if (member.getValue().isNull()) {
                      plan.remove(member.getKey());
                    } else {
                      plan.set(member.getKey(), member.getValue());
                    }
                  });
          check(name, plan);
          table.replace(name, plan, clock.instant());
          say("update", name, by);
          return shown(name, false);
        });
  }

  void delete(String name, AuditActor by, @Nullable String ifMatch) {
    change(
        () -> {
          TaskTemplate before = table.lock(name).orElseThrow(() -> missing(name));
          checkMatch(name, Optional.of(before), ifMatch);
          table.delete(name);
          say("delete", name, by);
          return new Shown(false, "", "");
        });
  }

  private interface Change {
    Shown make();
  }

  private Shown change(Change change) {
    Shown shown = transaction.execute(_ -> change.make());
    if (shown == null) {
      throw new IllegalStateException("a change without a result");
    }
    return shown;
  }

  private Shown shown(String name, boolean created) {
    String etag = table.find(name).orElseThrow(() -> missing(name)).etag();
    return new Shown(created, table.show(name), etag);
  }

  private void check(String name, ObjectNode plan) {
    if (!NAME.matcher(name).matches()) {
      throw new ProblemException(
              CommonProblem.INVALID,
              "task_template.name",
              "a template's name has letters, digits, dots, dashes and underscores, at most 100")
          .errors(List.of(new FieldError("/name", "format", "must look like water-plants")));
    }
    if (reader.read(plan, Known.LATER) instanceof PlanReading.Rejected(List<FieldError> errors)) {
      throw new ProblemException(
              CommonProblem.INVALID, "task_template.invalid", "the plan can't be started")
          .errors(errors);
    }
  }

  private static void checkMatch(
      String name, Optional<TaskTemplate> before, @Nullable String ifMatch) {
    boolean matches =
        ifMatch == null
            || before
                .map(template -> ifMatch.equals("*") || ifMatch.equals(template.etag()))
                .orElse(false);
    if (!matches) {
      throw new ProblemException(
          TemplateProblem.PRECONDITION_FAILED,
          "the template \"%s\" is %s; read it again and repeat the change"
              .formatted(
                  name,
                  before.map(template -> "version " + template.version()).orElse("not there")));
    }
  }

  private void say(String verb, String name, AuditActor by) {
    AuditEvent audit =
        AuditEvent.operatorAction(
                "task_template", verb, new AuditId(ids.next()), ids.nextTraceId(), clock.instant())
            .actor(by)
            .refs(Refs.NONE.with("task_template", name))
            .details(Json.object().put("name", name))
            .say("The task template \"%s\" was changed: %s".formatted(name, verb));
    outbox.append(List.of(OutboxRecord.audit(audit)));
  }

  static ProblemException missing(String name) {
    return new ProblemException(
        CommonProblem.NOT_FOUND, "task_template.not_found", "there is no task template " + name);
  }
}
