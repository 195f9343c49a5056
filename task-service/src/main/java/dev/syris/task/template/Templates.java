package dev.syris.task.template;

import dev.syris.contracts.id.IdSource;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import dev.syris.platform.problem.ProblemException.FieldError;
import dev.syris.task.document.Document;
import dev.syris.task.document.DocumentKind;
import dev.syris.task.document.Documents;
import dev.syris.task.plan.Known;
import dev.syris.task.plan.PlanReader;
import dev.syris.task.plan.PlanReading;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/** Plans of tasks kept by name. Thread-safe. */
public final class Templates {

  private static final DocumentKind KIND =
      DocumentKind.named(
          "task_template",
          "task template",
          "task.task_template",
          "api.task_template",
          "/task-templates");

  private final Documents documents;
  private final PlanReader reader;

  public Templates(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Outbox outbox,
      PlanReader reader,
      IdSource ids,
      InstantSource clock) {
    this.reader = reader;
    this.documents = new Documents(KIND, this::accept, jdbc, transaction, outbox, ids, clock);
  }

  public Optional<Document> find(String name) {
    return documents.find(name);
  }

  Documents documents() {
    return documents;
  }

  private ObjectNode accept(ObjectNode plan) {
    if (reader.read(plan, Known.LATER) instanceof PlanReading.Rejected(List<FieldError> errors)) {
      throw new ProblemException(
              CommonProblem.INVALID, "task_template.invalid", "the plan can't be started")
          .errors(errors);
    }
    return plan;
  }
}
