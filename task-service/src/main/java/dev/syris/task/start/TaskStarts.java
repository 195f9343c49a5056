package dev.syris.task.start;

import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.id.TaskId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.tool.Requester;
import dev.syris.platform.assertion.Caller;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import dev.syris.platform.problem.ProblemException.FieldError;
import dev.syris.task.engine.NewTask;
import dev.syris.task.engine.TaskCreation;
import dev.syris.task.web.Bodies;
import dev.syris.task.web.RequestWatch;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Starts tasks a caller asks for: the task and the caller's key are one transaction. */
final class TaskStarts {

  private final TaskDrafts drafts;
  private final TaskCreation creation;
  private final AnsweredRequests answered;
  private final TransactionTemplate transaction;
  private final RequestWatch watch;
  private final IdSource ids;
  private final InstantSource clock;

  TaskStarts(
      TaskDrafts drafts,
      TaskCreation creation,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      RequestWatch watch,
      IdSource ids,
      InstantSource clock) {
    this.drafts = drafts;
    this.creation = creation;
    this.answered = new AnsweredRequests(jdbc);
    this.transaction = transaction;
    this.watch = watch;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Starts a task.
   *
   * @param trace the caller's own; a new one where null
   * @param key the caller's Idempotency-Key; null where there is none
   * @return the task's id; that of the first one where the key was used before
   */
  TaskId start(Caller caller, byte[] body, @Nullable TraceId trace, @Nullable String key) {
    var wish =
        new TaskWish(
            new TaskId(ids.next()),
            trace == null ? ids.nextTraceId() : trace,
            null,
            null,
            new Requester("token", caller.tokenId()),
            caller.grantedToolScopes(),
            0);
    if (key != null) { // answered as before, whatever has become of its template since
      var before = answered.find(caller.tokenId(), key);
      if (before.isPresent()) {
        return known(before.get(), AnsweredRequests.hash(body));
      }
    }
    TaskDrafts.Draft draft = drafts.of(Bodies.object(body), wish);
    return switch (draft) {
      case TaskDrafts.Draft.Refused(String code, List<FieldError> errors) ->
          throw new ProblemException(
                  CommonProblem.INVALID, code, "the task can't be started as it is")
              .errors(errors);
      case TaskDrafts.Draft.Ready(NewTask task) -> {
        watch.asked(body, task.traceId(), Refs.NONE.with("task_id", task.id()));
        TaskId started = transaction.execute(_ -> create(caller, task, body, key));
        if (started == null) {
          throw new IllegalStateException("a task without an id");
        }
        yield started;
      }
    };
  }

  private TaskId create(Caller caller, NewTask task, byte[] body, @Nullable String key) {
    if (key != null) {
      String hash = AnsweredRequests.hash(body);
      Optional<AnsweredRequests.Answered> before =
          answered.claim(caller.tokenId(), key, hash, task.id().toString(), clock.instant());
      if (before.isPresent()) {
        return known(before.get(), hash);
      }
    }
    creation.create(List.of(task));
    return task.id();
  }

  private static TaskId known(AnsweredRequests.Answered before, String bodyHash) {
    if (!before.bodyHash().equals(bodyHash)) {
      throw new ProblemException(
          CommonProblem.IDEMPOTENCY_CONFLICT,
          "the Idempotency-Key was used for another body; use a new key");
    }
    return TaskId.parse(before.subject());
  }
}
