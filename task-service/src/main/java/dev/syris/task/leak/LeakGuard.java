package dev.syris.task.leak;

import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.platform.secret.SecretName;
import dev.syris.task.leak.Place.Kind;
import dev.syris.task.tool.AnswerGuard;
import dev.syris.task.tool.Invocation;
import dev.syris.task.tool.ToolAnswer;
import dev.syris.task.web.RequestWatch;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes secrets out of answers, and tells of those in answers and requests. Thread-safe. */
final class LeakGuard implements AnswerGuard, RequestWatch {

  private static final Logger LOG = LoggerFactory.getLogger(LeakGuard.class);
  private static final String WITHHELD = "it could not be searched for secrets";

  private final KnownSecrets secrets;
  private final LeakAlarms alarms;
  private final InstantSource clock;

  LeakGuard(KnownSecrets secrets, LeakAlarms alarms, InstantSource clock) {
    this.secrets = secrets;
    this.alarms = alarms;
    this.clock = clock;
  }

  @Override
  public ToolAnswer guard(String tool, String action, Invocation by, ToolAnswer answer) {
    LeakSearch search = known();
    if (search == null) {
      return withheld(answer);
    }
    Set<SecretName> found = found(search, answer);
    if (found.isEmpty()) {
      return answer;
    }
    Refs refs = Refs.event(by.eventId()).toolCall(by.toolCallId());
    tell(found, new Place(Kind.ANSWER, by.traceId(), refs, clock.instant(), tool, action));
    return masked(search, answer);
  }

  /** Null where they could never be read. */
  private @Nullable LeakSearch known() {
    LeakSearch known = secrets.search();
    if (known != null) {
      return known;
    }
    try {
      secrets.refresh();
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("secrets to look for can't be read now: {}", e.getMessage());
    }
    return secrets.search();
  }

  /** How it ended, and nothing of what it says. */
  private static ToolAnswer withheld(ToolAnswer answer) {
    return switch (answer) {
      case ToolAnswer.Succeeded _ ->
          new ToolAnswer.Succeeded(Json.object().put("omitted", WITHHELD), "done");
      case ToolAnswer.Failed(ErrorDetail error) -> new ToolAnswer.Failed(withheld(error));
      case ToolAnswer.Unknown(ErrorDetail error) -> new ToolAnswer.Unknown(withheld(error));
    };
  }

  private static ErrorDetail withheld(ErrorDetail error) {
    return new ErrorDetail("answer.withheld", WITHHELD, error.retryable(), null);
  }

  private static Set<SecretName> found(LeakSearch search, ToolAnswer answer) {
    return switch (answer) {
      case ToolAnswer.Succeeded(JsonNode output, String summary) ->
          both(search.in(output), search.in(summary));
      case ToolAnswer.Failed(ErrorDetail error) -> found(search, error);
      case ToolAnswer.Unknown(ErrorDetail error) -> found(search, error);
    };
  }

  private static Set<SecretName> found(LeakSearch search, ErrorDetail error) {
    Set<SecretName> said = both(search.in(error.code()), search.in(error.message()));
    return error.details() == null ? said : both(said, search.in(error.details()));
  }

  private static Set<SecretName> both(Set<SecretName> one, Set<SecretName> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    var both = new HashSet<>(one);
    both.addAll(other);
    return both;
  }

  private static ToolAnswer masked(LeakSearch search, ToolAnswer answer) {
    return switch (answer) {
      case ToolAnswer.Succeeded(JsonNode output, String summary) ->
          new ToolAnswer.Succeeded(search.masked(output), search.masked(summary));
      case ToolAnswer.Failed(ErrorDetail error) -> new ToolAnswer.Failed(masked(search, error));
      case ToolAnswer.Unknown(ErrorDetail error) -> new ToolAnswer.Unknown(masked(search, error));
    };
  }

  private static ErrorDetail masked(LeakSearch search, ErrorDetail error) {
    @Nullable ObjectNode details =
        error.details() == null ? null : (ObjectNode) search.masked(error.details());
    return new ErrorDetail(
        search.masked(error.code()), search.masked(error.message()), error.retryable(), details);
  }

  @Override
  public void asked(byte[] body, TraceId trace, Refs refs) {
    LeakSearch search = known();
    Set<SecretName> found = search == null ? Set.of() : Bytes.search(search, body);
    if (!found.isEmpty()) {
      tell(found, new Place(Kind.REQUEST, trace, refs, clock.instant()));
    }
  }

  /** In a transaction the alarm stands or falls with what it is about. */
  private void tell(Set<SecretName> found, Place place) {
    var said = LeakAlarms.of(found, place);
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      alarms.raise(said);
    } else {
      alarms.raiseOrKeep(said);
    }
  }
}
