package dev.syris.gateway.access;

import dev.syris.contracts.json.StorableText;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * The second lock: only the very method the filter let in may run, and only with parameters it
 * knows.
 */
final class AdmissionCheck implements HandlerInterceptor {

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    boolean admitted =
        handler instanceof HandlerMethod method
            && method.getMethod().equals(request.getAttribute(AccessFilter.ADMITTED));
    if (!admitted) {
      throw new ProblemException(
          CommonProblem.FORBIDDEN, "access.undeclared", "this address is closed");
    }
    checkParameters(request, (HandlerMethod) handler);
    return true;
  }

  private static void checkParameters(HttpServletRequest request, HandlerMethod handler) {
    Needs needs = handler.getMethodAnnotation(Needs.class);
    Open open = handler.getMethodAnnotation(Open.class);
    if ((needs != null && needs.checksParameters()) || (open != null && open.anyParameters())) {
      return;
    }
    Set<String> unknown = given(request);
    if (needs != null) {
      unknown.removeAll(List.of(needs.parameters()));
    }
    unknown.stream().sorted().findFirst().ifPresent(AdmissionCheck::refuse);
  }

  private static Set<String> given(HttpServletRequest request) {
    try {
      return new HashSet<>(request.getParameterMap().keySet());
    } catch (IllegalStateException e) {
      throw new ProblemException(
          CommonProblem.MALFORMED, "query.malformed", "the query cannot be decoded");
    }
  }

  private static void refuse(String parameter) {
    throw new ProblemException(
            CommonProblem.BAD_PARAMETER,
            "parameter.unknown",
            "this address takes no parameter \"" + StorableText.shown(parameter, 64) + "\"")
        .with("parameter", StorableText.shown(parameter, 64));
  }
}
