package dev.syris.task.web;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.platform.assertion.Caller;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;

/** Who calls, and whether that caller may. */
public final class Who {

  private Who() {}

  /** The caller, who has the scope; a problem where not. */
  public static Caller with(String scope, HttpServletRequest request) {
    Caller caller = Caller.of(request);
    if (!caller.has(scope)) {
      throw new ProblemException(
          CommonProblem.FORBIDDEN,
          "scope.missing",
          "this token has not the scope %s; use one that has it".formatted(scope));
    }
    return caller;
  }

  public static AuditActor actor(Caller caller) {
    return AuditActor.token(caller.tokenId());
  }
}
