package dev.syris.task.call;

import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.id.TraceParent;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import dev.syris.task.web.Who;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /tool-calls}: the operator's and agents' own calls. Needs the scope {@code call}. */
@RestController
final class CallController {

  private static final String SCOPE = "call";
  private static final int MAX_KEY = 255;
  private static final byte[] NOTHING = {};

  private final CallCommands commands;

  CallController(CallCommands commands) {
    this.commands = commands;
  }

  @PostMapping("/tool-calls")
  ResponseEntity<byte[]> post(
      HttpServletRequest request,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
      @RequestHeader(name = TraceParent.HEADER, required = false) @Nullable String traceparent,
      @RequestParam(name = "dry_run", required = false, defaultValue = "false") String dryRun,
      @RequestBody(required = false) byte @Nullable [] body) {
    var caller = Who.with(SCOPE, request);
    byte[] given = body == null ? NOTHING : body;
    if (isTrue(dryRun)) {
      return answer(HttpStatus.OK, commands.dryRun(caller, given));
    }
    if (key != null && (key.isBlank() || key.length() > MAX_KEY)) {
      throw new ProblemException(
          CommonProblem.MALFORMED,
          "idempotency.bad_key",
          "the Idempotency-Key must have from 1 to %d characters".formatted(MAX_KEY));
    }
    TraceId trace = traceparent == null ? null : TraceParent.parse(traceparent).orElse(null);
    return answer(HttpStatus.ACCEPTED, commands.call(caller, given, trace, key));
  }

  private static boolean isTrue(String dryRun) {
    return switch (dryRun) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new ProblemException(
              CommonProblem.MALFORMED, "request.bad_parameter", "dry_run must be true or false");
    };
  }

  private static ResponseEntity<byte[]> answer(HttpStatus status, ObjectNode body) {
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_JSON)
        .body(body.toString().getBytes(StandardCharsets.UTF_8));
  }
}
