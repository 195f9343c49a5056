package dev.syris.task.integration;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.id.TraceParent;
import dev.syris.contracts.id.Uuids;
import dev.syris.platform.assertion.Caller;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import dev.syris.task.web.EntityTag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code PATCH /integrations/{id} {enabled}}. */
@RestController
final class IntegrationController {

  private final Integrations integrations;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  IntegrationController(Integrations integrations, InstantSource clock) {
    this.integrations = integrations;
    this.clock = clock;
  }

  @PatchMapping("/integrations/{id}")
  ResponseEntity<byte[]> patch(@PathVariable String id, HttpServletRequest request)
      throws IOException {
    Caller caller = Caller.of(request);
    if (!caller.has("admin")) {
      throw new ProblemException(CommonProblem.FORBIDDEN, "this needs the scope admin");
    }
    IntegrationPatch patch = IntegrationPatch.read(request.getInputStream().readAllBytes());
    Integrations.Switched switched =
        integrations
            .enable(
                id, patch.enabled(), request.getHeader(HttpHeaders.IF_MATCH), deed(caller, request))
            .orElseThrow(
                () ->
                    new ProblemException(
                        CommonProblem.NOT_FOUND,
                        "there is no integration of that name; GET /integrations lists them"));
    return ResponseEntity.ok()
        .eTag(EntityTag.of(switched.version()))
        .contentType(MediaType.APPLICATION_JSON)
        .body(switched.body().getBytes(StandardCharsets.UTF_8));
  }

  private IntegrationAudit.Deed deed(Caller caller, HttpServletRequest request) {
    Instant now = clock.instant();
    TraceId trace =
        Optional.ofNullable(request.getHeader(TraceParent.HEADER))
            .flatMap(TraceParent::parse)
            .orElseGet(() -> new TraceId(newId(now)));
    AuditActor actor = AuditActor.token(caller.tokenId());
    return new IntegrationAudit.Deed(new AuditId(newId(now)), actor, trace, now);
  }

  private UUID newId(Instant now) {
    return Uuids.version7(now.toEpochMilli(), random.nextLong(), random.nextLong());
  }
}
