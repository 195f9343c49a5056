package dev.syris.task.document;

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
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/**
 * One kind of documents, and what may be done with them; each change is one transaction with its
 * audit. Thread-safe.
 */
public final class Documents {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private final DocumentKind kind;
  private final DocumentRules rules;
  private final DocumentTable table;
  private final TransactionTemplate transaction;
  private final Outbox outbox;
  private final IdSource ids;
  private final InstantSource clock;

  public Documents(
      DocumentKind kind,
      DocumentRules rules,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Outbox outbox,
      IdSource ids,
      InstantSource clock) {
    this.kind = kind;
    this.rules = rules;
    this.table = new DocumentTable(jdbc, kind);
    this.transaction = transaction;
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
  }

  DocumentKind kind() {
    return kind;
  }

  public Optional<Document> find(String name) {
    return table.find(name);
  }

  /** What a change leads to: the document as readers see it, and its entity tag. */
  record Shown(boolean created, String body, String etag) {}

  /** Adds one; the name must be free. */
  Shown create(String name, ObjectNode body, AuditActor by) {
    ObjectNode kept = kept(name, body);
    return change(
        () -> {
          if (!table.insert(name, kept, clock.instant())) {
            throw new ProblemException(
                CommonProblem.CONFLICT,
                kind.resource() + ".exists",
                "there is a %s \"%s\" already; PUT replaces it".formatted(kind.noun(), name));
          }
          say("create", name, by);
          return shown(name, true);
        });
  }

  /** Adds or replaces one. */
  Shown put(String name, ObjectNode body, AuditActor by, @Nullable String ifMatch) {
    ObjectNode kept = kept(name, body);
    return change(
        () -> {
          Optional<Document> before = table.lock(name);
          checkMatch(name, before, ifMatch);
          boolean created = table.insert(name, kept, clock.instant());
          if (!created) {
            table.replace(name, kept, clock.instant());
          }
          say(created ? "create" : "replace", name, by);
          return shown(name, created);
        });
  }

  /** Changes members of one, as RFC 7396 merges. */
  Shown patch(String name, ObjectNode changes, AuditActor by, @Nullable String ifMatch) {
    return change(
        () -> {
          Document before = table.lock(name).orElseThrow(() -> missing(name));
          checkMatch(name, Optional.of(before), ifMatch);
          ObjectNode body = before.body().deepCopy();
          changes
              .properties()
              .forEach(
                  member -> {
                    if (member.getValue().isNull()) {
                      body.remove(member.getKey());
                    } else {
                      body.set(member.getKey(), member.getValue());
                    }
                  });
          ObjectNode kept = kept(name, body);
          table.replace(name, kept, clock.instant());
          say("update", name, by);
          return shown(name, false);
        });
  }

  void delete(String name, AuditActor by, @Nullable String ifMatch) {
    change(
        () -> {
          Document before = table.lock(name).orElseThrow(() -> missing(name));
          checkMatch(name, Optional.of(before), ifMatch);
          rules.release(name);
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

  private ObjectNode kept(String name, ObjectNode body) {
    if (!NAME.matcher(name).matches()) {
      throw new ProblemException(
              CommonProblem.INVALID,
              kind.resource() + ".name",
              "a name has letters, digits, dots, dashes and underscores, at most 100")
          .errors(List.of(new FieldError("/name", "format", "must look like water-plants")));
    }
    return rules.accept(body);
  }

  private void checkMatch(String name, Optional<Document> before, @Nullable String ifMatch) {
    boolean matches =
        ifMatch == null
            || before
                .map(document -> ifMatch.equals("*") || ifMatch.equals(document.etag()))
                .orElse(false);
    if (!matches) {
      throw new ProblemException(
          CommonProblem.PRECONDITION_FAILED,
          "the %s \"%s\" is %s; read it again and repeat the change"
              .formatted(
                  kind.noun(),
                  name,
                  before.map(document -> "version " + document.version()).orElse("not there")));
    }
  }

  private void say(String verb, String name, AuditActor by) {
    AuditEvent audit =
        AuditEvent.operatorAction(
                kind.resource(), verb, new AuditId(ids.next()), ids.nextTraceId(), clock.instant())
            .actor(by)
            .refs(Refs.NONE.with(kind.resource(), name))
            .details(Json.object().put("name", name))
            .say("The %s \"%s\" was changed: %s".formatted(kind.noun(), name, verb));
    outbox.append(List.of(OutboxRecord.audit(audit)));
  }

  ProblemException missing(String name) {
    return new ProblemException(
        CommonProblem.NOT_FOUND,
        kind.resource() + ".not_found",
        "there is no %s %s".formatted(kind.noun(), name));
  }
}
