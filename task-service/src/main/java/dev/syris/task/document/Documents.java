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
import java.util.function.UnaryOperator;
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

  public Optional<Document> find(String key) {
    return table.find(key);
  }

  /** What a change leads to: the document as readers see it, and its entity tag. */
  public record Shown(String key, boolean created, String body, String etag) {}

  /** Adds one under an id of its own. */
  Shown create(ObjectNode body, AuditActor by) {
    return create(ids.next().toString(), body, by);
  }

  /** Adds one; the name must be free. */
  Shown create(String key, ObjectNode body, AuditActor by) {
    ObjectNode kept = kept(key, body);
    return change(
        () -> {
          if (!table.insert(key, kept, clock.instant())) {
            throw new ProblemException(
                CommonProblem.CONFLICT,
                kind.resource() + ".exists",
                "there is a %s \"%s\" already; PUT replaces it".formatted(kind.noun(), key));
          }
          return written("create", key, Optional.empty(), by);
        });
  }

  /** Adds or replaces one. */
  public Shown put(String key, ObjectNode body, AuditActor by, Precondition precondition) {
    ObjectNode kept = kept(key, body);
    return change(
        () -> {
          check(key, table.lock(key), precondition);
          if (table.insert(key, kept, clock.instant())) {
            return written("create", key, Optional.empty(), by);
          }
          Optional<Document> before = table.lock(key); // somebody may have been faster
          check(key, before, precondition);
          table.replace(key, kept, clock.instant());
          return written("replace", key, before, by);
        });
  }

  /** Changes members of one, as RFC 7396 merges. */
  public Shown patch(String key, ObjectNode changes, AuditActor by, @Nullable String ifMatch) {
    return patch(key, changes, by, ifMatch, body -> kept(key, body));
  }

  /**
   * The same, where the change makes nothing of it wrong that was not: what it names may be gone
   * since it was written, and it is changed all the same.
   */
  public Shown patchUnasked(
      String key, ObjectNode changes, AuditActor by, @Nullable String ifMatch) {
    return patch(key, changes, by, ifMatch, body -> body);
  }

  private Shown patch(
      String key,
      ObjectNode changes,
      AuditActor by,
      @Nullable String ifMatch,
      UnaryOperator<ObjectNode> accepted) {
    return change(
        () -> {
          Document before = table.lock(key).orElseThrow(() -> missing(key));
          check(key, Optional.of(before), Precondition.match(ifMatch));
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
          table.replace(key, accepted.apply(body), clock.instant());
          return written("update", key, Optional.of(before), by);
        });
  }

  void delete(String key, AuditActor by, @Nullable String ifMatch) {
    change(
        () -> {
          Document before = table.lock(key).orElseThrow(() -> missing(key));
          check(key, Optional.of(before), Precondition.match(ifMatch));
          rules.release(key);
          table.delete(key);
          rules.removed(before);
          say("delete", before, by);
          return new Shown(key, false, "", "");
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

  private Shown written(String verb, String key, Optional<Document> before, AuditActor by) {
    Document now = table.find(key).orElseThrow(() -> missing(key));
    say(verb, now, by);
    rules.written(before, now);
    return new Shown(key, before.isEmpty(), table.show(key), now.etag());
  }

  private ObjectNode kept(String key, ObjectNode body) {
    if (!NAME.matcher(key).matches()) {
      throw new ProblemException(
              CommonProblem.INVALID,
              kind.resource() + ".name",
              "a name has letters, digits, dots, dashes and underscores, at most 100")
          .errors(List.of(new FieldError("/name", "format", "must look like water-plants")));
    }
    return rules.accept(body);
  }

  private void check(String key, Optional<Document> before, Precondition precondition) {
    if (!precondition.holds(before)) {
      throw new ProblemException(
          CommonProblem.PRECONDITION_FAILED,
          "the %s \"%s\" is %s; read it again and repeat the change"
              .formatted(
                  kind.noun(),
                  key,
                  before.map(document -> "version " + document.version()).orElse("not there")));
    }
  }

  /** Says what was done, and to which version: the one made, or the one that went. */
  private void say(String verb, Document document, AuditActor by) {
    String key = document.key();
    String name = document.body().path("name").asString(key);
    AuditEvent audit =
        AuditEvent.operatorAction(
                kind.resource(), verb, new AuditId(ids.next()), ids.nextTraceId(), clock.instant())
            .actor(by)
            .refs(Refs.NONE.with(kind.minted() ? kind.key() : kind.resource(), key))
            .details(Json.object().put("name", key).put("version", document.version()))
            .say("The %s \"%s\" was changed: %s".formatted(kind.noun(), key, verb));
    outbox.append(List.of(OutboxRecord.audit(audit)));
  }

  ProblemException missing(String key) {
    return new ProblemException(
        CommonProblem.NOT_FOUND,
        kind.resource() + ".not_found",
        "there is no %s %s".formatted(kind.noun(), key));
  }
}
