package dev.syris.gateway.forward;

import dev.syris.gateway.access.Callers;
import dev.syris.gateway.http.ReceivedBody;
import dev.syris.platform.assertion.Caller;
import dev.syris.platform.assertion.CallerAssertion;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.http.HttpHeaders;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Forwards a request to one service and its answer back. The body is here in whole and has a known
 * length before the first byte goes out, and nothing is sent twice: a POST that got no answer may
 * have been carried out, and only the caller can repeat it safely, with an Idempotency-Key or a
 * message id. See docs/adr/0005.
 */
final class Forwarding {

  private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);

  private final String service;
  private final URI base;
  private final ProxyExchange exchange;
  private final CallerAssertion assertions;

  /**
   * @param service its name, for messages
   * @param base its address, without a path
   */
  Forwarding(String service, URI base, ProxyExchange exchange, CallerAssertion assertions) {
    this.service = service;
    this.base = base;
    this.exchange = exchange;
    this.assertions = assertions;
  }

  void forward(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    forward(request, response, Callers.of(request), ForwardedHeaders::response);
  }

  /** Forwards to a page anyone may ask for, as nobody in particular. */
  void forwardPage(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    forward(request, new PageResponse(response), Caller.ANONYMOUS, ForwardedHeaders::page);
  }

  private void forward(
      HttpServletRequest request,
      HttpServletResponse response,
      Caller caller,
      UnaryOperator<HttpHeaders> kept)
      throws IOException, ServletException {
    ServerRequest incoming = ServerRequest.create(request, List.of());
    ProxyExchange.Request outgoing =
        exchange
            .request(incoming)
            .uri(target(request))
            .headers(headers(incoming, request, caller))
            .responseConsumer(
                (answer, back) -> back.headers().putAll(kept.apply(answer.getHeaders())))
            .build();
    ServerResponse answer;
    try {
      answer = exchange.exchange(outgoing);
    } catch (ResourceAccessException e) {
      throw failed(e);
    }
    answer.writeTo(request, response, List::of);
  }

  private URI target(HttpServletRequest request) {
    String query = request.getQueryString();
    return URI.create(base + request.getRequestURI() + (query == null ? "" : "?" + query));
  }

  private HttpHeaders headers(ServerRequest incoming, HttpServletRequest request, Caller caller) {
    HttpHeaders headers = ForwardedHeaders.request(incoming.headers().asHttpHeaders());
    headers.setContentLength(ReceivedBody.of(request).length);
    headers.set(
        CallerAssertion.HEADER,
        assertions.sign(caller, request.getMethod(), request.getRequestURI()));
    return headers;
  }

  private ProblemException failed(ResourceAccessException e) {
    LOG.warn("{} did not answer: {}", service, e.getMostSpecificCause().toString());
    boolean nothingSent =
        e.getCause() instanceof ConnectException
            || e.getCause() instanceof HttpConnectTimeoutException;
    return nothingSent
        ? unavailable(
            "unavailable",
            service + " cannot be reached; nothing was handed over, try again shortly")
        : unavailable(
            "no_answer",
            service
                + " did not answer; it may have taken the request: repeat it with the same Idempotency-Key");
  }

  private ProblemException unavailable(String what, String detail) {
    return new ProblemException(CommonProblem.UNAVAILABLE, service + "." + what, detail)
        .header(HttpHeaders.RETRY_AFTER, "1");
  }
}
