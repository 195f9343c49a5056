package dev.syris.gateway.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Shows everyone behind it the request a trusted proxy tells of ({@code X-Forwarded-For}, {@code
 * -Proto}, {@code -Host}). From anybody else these headers mean nothing. Runs before the Host is
 * checked.
 */
public final class ProxyFilter extends OncePerRequestFilter {

  private final TrustedProxies proxies;

  public ProxyFilter(TrustedProxies proxies) {
    this.proxies = proxies;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    boolean trusted = proxies.trusts(request.getRemoteAddr());
    chain.doFilter(trusted ? new ProxiedRequest(request, proxies) : request, response);
  }
}
