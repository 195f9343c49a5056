package dev.syris.gateway.evidence;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.StorableText;
import dev.syris.gateway.access.Callers;
import dev.syris.gateway.access.Needs;
import dev.syris.gateway.access.Scope;
import dev.syris.gateway.idempotency.Answer;
import dev.syris.gateway.idempotency.IdempotencyKey;
import dev.syris.gateway.ledger.artifact.Artifact;
import dev.syris.gateway.ledger.artifact.Artifacts;
import dev.syris.gateway.ledger.chain.AuditVerifier;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The addresses of the ledger that are not lists. */
@RestController
final class EvidenceController {

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private final AuditVerifier verifier;
  private final Artifacts artifacts;
  private final Redrive redrive;

  EvidenceController(AuditVerifier verifier, Artifacts artifacts, Redrive redrive) {
    this.verifier = verifier;
    this.artifacts = artifacts;
    this.redrive = redrive;
  }

  @GetMapping("/audit/verify")
  @Needs(Scope.READ)
  ResponseEntity<Verified> verify() {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(Verified.of(verifier.verify()));
  }

  /** Bytes from outside: always a download, never a page. */
  @GetMapping("/artifacts/{id}")
  @Needs(Scope.READ)
  ResponseEntity<byte[]> artifact(@PathVariable String id) {
    Artifact artifact =
        Optional.of(id)
            .filter(named -> DIGEST.matcher(named).matches())
            .flatMap(artifacts::read)
            .orElseThrow(() -> notFound("artifact", id));
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + id + "\"")
        .body(artifact.bytes());
  }

  @PostMapping("/dead-letters/{id}/redrive")
  @Needs(Scope.ADMIN)
  ResponseEntity<byte[]> redrive(@PathVariable String id, HttpServletRequest request) {
    UUID letter;
    try {
      letter = Uuids.parse(id);
    } catch (IllegalArgumentException e) {
      throw notFound("dead letter", id);
    }
    var actor = AuditActor.token(Callers.of(request).tokenId());
    Answer answer = redrive.once(letter, actor, IdempotencyKey.of(request));
    return ResponseEntity.status(answer.status())
        .contentType(MediaType.APPLICATION_JSON)
        .body(answer.body());
  }

  static ProblemException notFound(String what, Object id) {
    return new ProblemException(
        CommonProblem.NOT_FOUND,
        what.replace(' ', '_') + ".not_found",
        "there is no " + what + " " + StorableText.shown(id.toString(), 80));
  }
}
