package dev.syris.task.call;

import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.json.StorableText;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import dev.syris.platform.problem.ProblemException.FieldError;
import dev.syris.task.web.Bodies;
import dev.syris.task.web.Who;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /tool-calls/{id}/resolve}: the operator says how a call ended. */
@RestController
final class ResolveController {

  private static final String SCOPE = "call";
  private static final int MAX_REASON = 500;
  private static final byte[] NOTHING = {};

  private final CallResolutions resolutions;

  ResolveController(CallResolutions resolutions) {
    this.resolutions = resolutions;
  }

  @PostMapping("/tool-calls/{id}/resolve")
  ResponseEntity<byte[]> resolve(
      HttpServletRequest request,
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    var by = Who.actor(Who.with(SCOPE, request));
    ObjectNode asked = Bodies.object(body == null ? NOTHING : body);
    String reason = reason(asked);
    Resolution resolution = resolution(asked, reason);
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(resolutions.resolve(call(id), resolution, reason, by));
  }

  private static ToolCallId call(String id) {
    try {
      return ToolCallId.parse(id);
    } catch (IllegalArgumentException _) {
      throw new ProblemException(
          CommonProblem.NOT_FOUND,
          "tool_call.not_found",
          "that is no tool call's id: " + StorableText.shown(id, 64));
    }
  }

  private static String reason(ObjectNode asked) {
    JsonNode reason = asked.get("reason");
    boolean fits =
        reason != null
            && reason.isString()
            && !reason.asString().isBlank()
            && reason.asString().length() <= MAX_REASON
            && StorableText.fault(reason.asString()) == null;
    if (!fits) {
      throw invalid("/reason", "must be a text of 1 to %d characters".formatted(MAX_REASON));
    }
    return reason.asString();
  }

  private static Resolution resolution(ObjectNode asked, String reason) {
    String outcome = asked.path("outcome").asString("");
    return switch (outcome) {
      case "succeeded" -> new Resolution.Succeeded(asked.get("output"));
      case "failed" ->
          new Resolution.Failed(ErrorDetail.permanent("operator.resolved_failed", reason));
      case "retry" -> new Resolution.Retry();
      default -> throw invalid("/outcome", "must be one of succeeded, failed, retry");
    };
  }

  private static ProblemException invalid(String pointer, String message) {
    return new ProblemException(
            CommonProblem.INVALID, "tool_call.invalid_resolution", "the body can't be taken")
        .errors(List.of(new FieldError(pointer, "value", message)));
  }
}
