package dev.syris.task.approval;

import dev.syris.contracts.approval.ApprovalStatus;
import dev.syris.contracts.id.ApprovalId;
import dev.syris.contracts.json.StorableText;
import dev.syris.platform.assertion.Caller;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import dev.syris.task.web.Bodies;
import dev.syris.task.web.Texts;
import dev.syris.task.web.Who;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Takes answers. Needs the scope {@code approve}; answers with the Approval of the contracts. */
@RestController
final class ApprovalController {

  private static final String SCOPE = "approve";
  private static final String CHANNEL = "rest";
  private static final byte[] NOTHING = {};

  private final ApprovalCommands commands;

  ApprovalController(ApprovalCommands commands) {
    this.commands = commands;
  }

  @PostMapping("/approvals/{id}/approve")
  ResponseEntity<byte[]> approve(
      HttpServletRequest request,
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    Caller caller = Who.with(SCOPE, request);
    var reason = Texts.reason(Bodies.optional(body == null ? NOTHING : body));
    return answer(caller, id, new Answer(true, reason, CHANNEL));
  }

  @PostMapping("/approvals/{id}/deny")
  ResponseEntity<byte[]> deny(
      HttpServletRequest request,
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    Caller caller = Who.with(SCOPE, request);
    var reason = Texts.requiredReason(Bodies.optional(body == null ? NOTHING : body));
    return answer(caller, id, new Answer(false, reason, CHANNEL));
  }

  private ResponseEntity<byte[]> answer(Caller caller, String text, Answer answer) {
    ApprovalId id = id(text);
    boolean admin = caller.has("admin");
    ApprovalCommands.Result result =
        commands.answer(
            id, answer, Who.actor(caller), token -> !admin && token.equals(caller.tokenId()));
    return switch (result) {
      case ApprovalCommands.Result.Taken _ ->
          ResponseEntity.ok()
              .contentType(MediaType.APPLICATION_JSON)
              .body(commands.show(id).orElseThrow());
      case ApprovalCommands.Result.NoSuchApproval _ -> throw missing(text);
      case ApprovalCommands.Result.OwnRequest _ ->
          throw new ProblemException(
              CommonProblem.FORBIDDEN,
              "approval.own_request",
              "this token asked for the call and can't approve it; use another one");
      case ApprovalCommands.Result.WrongState(ApprovalStatus status) ->
          throw new ProblemException(
                  CommonProblem.CONFLICT,
                  "approval.wrong_state",
                  "the approval is %s; only one that is pending can be answered"
                      .formatted(status.wire()))
              .with("status_now", status.wire());
      case ApprovalCommands.Result.WentStale(String because) ->
          throw new ProblemException(
                  CommonProblem.CONFLICT,
                  "approval.stale",
                  "nothing was approved: %s; it is asked anew".formatted(because))
              .with("status_now", ApprovalStatus.STALE.wire());
    };
  }

  private static ApprovalId id(String text) {
    try {
      return ApprovalId.parse(text);
    } catch (IllegalArgumentException _) {
      throw missing(text);
    }
  }

  private static ProblemException missing(String id) {
    return new ProblemException(
        CommonProblem.NOT_FOUND,
        "approval.not_found",
        "there is no approval " + StorableText.shown(id, 64));
  }
}
