package dev.syris.task.watch;

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
import dev.syris.task.web.Bodies;
import dev.syris.task.web.EntityTag;
import dev.syris.task.web.Who;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** {@code PATCH /watchers/{id} {enabled}}. */
@RestController
final class WatcherController {

  private final WatcherTable table;
  private final WatcherLoop loop;
  private final TransactionTemplate transaction;
  private final Outbox outbox;
  private final IdSource ids;
  private final InstantSource clock;

  WatcherController(
      WatcherTable table,
      WatcherLoop loop,
      TransactionTemplate transaction,
      Outbox outbox,
      IdSource ids,
      InstantSource clock) {
    this.table = table;
    this.loop = loop;
    this.transaction = transaction;
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
  }

  @PatchMapping("/watchers/{id}")
  ResponseEntity<byte[]> patch(
      HttpServletRequest request,
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody(required = false) byte @Nullable [] body) {
    AuditActor by = Who.actor(Who.with("admin", request));
    boolean enabled = enabled(Bodies.object(body == null ? new byte[0] : body));
    Switched switched = transaction.execute(_ -> change(id, enabled, ifMatch, by));
    loop.wake();
    return ResponseEntity.ok()
        .eTag(EntityTag.of(Objects.requireNonNull(switched).version()))
        .contentType(MediaType.APPLICATION_JSON)
        .body(switched.body().getBytes(StandardCharsets.UTF_8));
  }

  /** A watcher as it is now. */
  private record Switched(long version, String body) {}

  private Switched change(String id, boolean enabled, @Nullable String ifMatch, AuditActor by) {
    long before =
        table
            .lock(id)
            .orElseThrow(
                () ->
                    new ProblemException(
                        CommonProblem.NOT_FOUND,
                        "watcher.not_found",
                        "there is no watcher of that name; GET /watchers lists them"));
    EntityTag.check(ifMatch, before, "the watcher");
    table.enable(id, enabled, clock.instant());
    outbox.append(List.of(OutboxRecord.audit(said(id, enabled, by))));
    return new Switched(before + 1, table.show(id).orElseThrow());
  }

  private AuditEvent said(String id, boolean enabled, AuditActor by) {
    String verb = enabled ? "enable" : "disable";
    return AuditEvent.operatorAction(
            "watcher", verb, new AuditId(ids.next()), ids.nextTraceId(), clock.instant())
        .actor(by)
        .refs(Refs.NONE.with("watcher_id", id))
        .details(Json.object().put("watcher_id", id).put("enabled", enabled))
        .say("The watcher \"%s\" was switched %s".formatted(id, enabled ? "on" : "off"));
  }

  private static boolean enabled(ObjectNode body) {
    var errors = new ArrayList<FieldError>();
    body.propertyNames().stream()
        .filter(name -> !name.equals("enabled"))
        .forEach(
            name ->
                errors.add(
                    new FieldError(
                        "/" + name.replace("~", "~0").replace("/", "~1"),
                        "unknown",
                        "can't be changed; only enabled can")));
    if (!body.path("enabled").isBoolean()) {
      errors.add(new FieldError("/enabled", "type", "must be true or false"));
    }
    if (!errors.isEmpty()) {
      throw new ProblemException(
              CommonProblem.INVALID,
              "watcher.invalid",
              "the watcher can't be changed like that; errors names each place")
          .errors(errors);
    }
    return body.path("enabled").asBoolean();
  }
}
