package dev.syris.gateway.access;

import dev.syris.gateway.http.GatewayProblem;
import dev.syris.platform.assertion.Caller;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import dev.syris.platform.problem.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The one way in: Host, Origin, token, scope, in this order. It looks up what the address declares
 * before the dispatcher does, so that an address without a declaration, of whatever kind, is
 * closed; {@link AdmissionCheck} makes sure that what runs in the end is what was let in. See
 * docs/adr/0006.
 */
final class AccessFilter extends OncePerRequestFilter {

  static final String CALLER = AccessFilter.class.getName() + ".caller";
  static final String ADMITTED = AccessFilter.class.getName() + ".admitted";

  private static final String BEARER = "bearer ";
  private static final String REALM = "Bearer realm=\"syris\"";

  private final HostRules hosts;
  private final AccessRules rules;
  private final Authenticator authenticator;

  AccessFilter(HostRules hosts, AccessRules rules, Authenticator authenticator) {
    this.hosts = hosts;
    this.rules = rules;
    this.authenticator = authenticator;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    protect(response);
    try {
      admit(request);
    } catch (ProblemException refused) {
      Problems.write(response, refused);
      return;
    }
    chain.doFilter(request, response);
  }

  private void admit(HttpServletRequest request) {
    checkHost(request);
    AccessRules.Rule rule = rules.of(request);
    checkOrigin(request, rule);
    switch (rule) {
      case AccessRules.Rule.Free(var handler) -> {
        request.setAttribute(CALLER, ifKnown(request));
        request.setAttribute(ADMITTED, handler.getMethod());
      }
      case AccessRules.Rule.Scoped(var scope, var handler) -> {
        Caller caller = authenticate(request);
        demand(caller, scope);
        request.setAttribute(CALLER, caller);
        request.setAttribute(ADMITTED, handler.getMethod());
      }
      case AccessRules.Rule.Nowhere() -> authenticate(request);
      case AccessRules.Rule.Undeclared() -> {
        authenticate(request);
        throw new ProblemException(
            CommonProblem.FORBIDDEN, "access.undeclared", "this address is closed");
      }
    }
  }

  private void checkHost(HttpServletRequest request) {
    String host = request.getHeader(HttpHeaders.HOST);
    if (!hosts.ours(host, request.getLocalAddr())) {
      throw new ProblemException(
          GatewayProblem.MISDIRECTED,
          "host.foreign",
          "the Host \""
              + GatewayProblem.shown(host)
              + "\" is not one this gateway answers to; set syris.http.public-url");
    }
  }

  private void checkOrigin(HttpServletRequest request, AccessRules.Rule rule) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    boolean foreign =
        origin != null && !hosts.sameOrigin(origin, request.getHeader(HttpHeaders.HOST));
    boolean crossSite = "cross-site".equals(request.getHeader("Sec-Fetch-Site"));
    if (foreign || crossSite && !isFollowedLink(request, rule)) {
      throw new ProblemException(
          CommonProblem.FORBIDDEN,
          "origin.foreign",
          "pages of \"" + GatewayProblem.shown(origin) + "\" may not call this gateway");
    }
  }

  /** Somebody followed a link to a page that may be linked; the page he came from sees nothing. */
  private static boolean isFollowedLink(HttpServletRequest request, AccessRules.Rule rule) {
    return rule instanceof AccessRules.Rule.Free(var handler)
        && handler.getMethodAnnotation(Open.class) instanceof Open open
        && open.mayBeLinked()
        && request.getMethod().equals("GET")
        && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
        && "document".equals(request.getHeader("Sec-Fetch-Dest"));
  }

  private Caller ifKnown(HttpServletRequest request) {
    String secret = secret(request);
    return secret != null
            && authenticator.verify(secret) instanceof Authenticator.Verdict.Known(Caller caller)
        ? caller
        : Caller.ANONYMOUS;
  }

  private Caller authenticate(HttpServletRequest request) {
    String secret = secret(request);
    if (secret == null) {
      throw new ProblemException(
              CommonProblem.UNAUTHENTICATED,
              "token.missing",
              "send a token as Authorization: Bearer …")
          .header(HttpHeaders.WWW_AUTHENTICATE, REALM);
    }
    return switch (authenticator.verify(secret)) {
      case Authenticator.Verdict.Known(Caller caller) -> caller;
      case Authenticator.Verdict.Unknown() ->
          throw invalid("token.unknown", "the token is not one of this system's");
      case Authenticator.Verdict.Expired() ->
          throw invalid("token.expired", "the token has expired");
      case Authenticator.Verdict.Unsure() ->
          throw new ProblemException(
                  CommonProblem.UNAVAILABLE,
                  "token.unverifiable",
                  "tokens cannot be checked now; try again shortly")
              .header(HttpHeaders.RETRY_AFTER, "1");
    };
  }

  private static ProblemException invalid(String code, String detail) {
    return new ProblemException(CommonProblem.UNAUTHENTICATED, code, detail)
        .header(HttpHeaders.WWW_AUTHENTICATE, REALM + ", error=\"invalid_token\"");
  }

  private static void demand(Caller caller, Scope scope) {
    if (!caller.has(scope.wire())) {
      throw new ProblemException(
              CommonProblem.FORBIDDEN,
              "scope.missing",
              "the token lacks the scope \"" + scope.wire() + "\"")
          .with("missing_scope", scope.wire())
          .header(
              HttpHeaders.WWW_AUTHENTICATE,
              REALM + ", error=\"insufficient_scope\", scope=\"" + scope.wire() + "\"");
    }
  }

  /** The bearer token of a request; null where there is none. */
  static @Nullable String secret(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return null;
    }
    String secret = header.substring(BEARER.length()).strip();
    return secret.isEmpty() ? null : secret;
  }

  private static void protect(HttpServletResponse response) {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
