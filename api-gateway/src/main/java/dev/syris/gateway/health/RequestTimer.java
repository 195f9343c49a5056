package dev.syris.gateway.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Times requests by method, address pattern and status; what has no pattern is counted together.
 */
final class RequestTimer extends OncePerRequestFilter {

  private final MeterRegistry registry;

  RequestTimer(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long start = System.nanoTime();
    try {
      chain.doFilter(request, response);
    } finally {
      Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
      Timer.builder("syris.http.requests")
          .description("requests the gateway answered")
          .tag("method", method(request))
          .tag("path", pattern == null ? "none" : pattern.toString())
          .tag("status", Integer.toString(response.getStatus()))
          .register(registry)
          .record(Duration.ofNanos(System.nanoTime() - start));
    }
  }

  /** A client may invent methods; meters are made for the known ones only. */
  private static String method(HttpServletRequest request) {
    return switch (request.getMethod()) {
      case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> request.getMethod();
      default -> "other";
    };
  }
}
