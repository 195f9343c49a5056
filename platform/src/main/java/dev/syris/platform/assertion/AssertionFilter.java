package dev.syris.platform.assertion;

import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import dev.syris.platform.problem.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets in what the gateway signed for exactly this method and path, and the open health address.
 */
public final class AssertionFilter extends OncePerRequestFilter {

  public static final String OPEN_HEALTH = "/internal/health";

  private final CallerAssertion assertions;

  public AssertionFilter(CallerAssertion assertions) {
    this.assertions = assertions;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getMethod().equals("GET") && request.getRequestURI().equals(OPEN_HEALTH)) {
      request.setAttribute(Caller.ATTRIBUTE, Caller.ANONYMOUS);
      chain.doFilter(request, response);
      return;
    }
    String header = request.getHeader(CallerAssertion.HEADER);
    CallerAssertion.Result result =
        header == null
            ? new CallerAssertion.Result.Refused(
                "there is no " + CallerAssertion.HEADER + " header")
            : assertions.verify(header, request.getMethod(), request.getRequestURI());
    switch (result) {
      case CallerAssertion.Result.Valid valid -> {
        request.setAttribute(Caller.ATTRIBUTE, valid.caller());
        chain.doFilter(request, response);
      }
      case CallerAssertion.Result.Refused refused ->
          Problems.write(
              response,
              new ProblemException(
                  CommonProblem.UNAUTHENTICATED,
                  "assertion.refused",
                  "this port takes only what the gateway signed: " + refused.reason()));
    }
  }

  /** Also asynchronous and error dispatches, which carry the first one's caller. */
  @Override
  protected boolean shouldNotFilterErrorDispatch() {
    return true;
  }
}
