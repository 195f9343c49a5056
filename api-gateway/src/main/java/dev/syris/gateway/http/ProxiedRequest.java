package dev.syris.gateway.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** A request as its client made it, by the word of a proxy that is trusted. */
final class ProxiedRequest extends HttpServletRequestWrapper {

  private final String client;
  private final @Nullable String host;
  private final String scheme;

  ProxiedRequest(HttpServletRequest request, TrustedProxies proxies) {
    super(request);
    client = proxies.client(request.getRemoteAddr(), told(request, "X-Forwarded-For"));
    String named = TrustedProxies.nearest(told(request, "X-Forwarded-Host"));
    host = named == null ? request.getHeader(HttpHeaders.HOST) : named;
    scheme = scheme(request, TrustedProxies.nearest(told(request, "X-Forwarded-Proto")));
  }

  private static List<String> told(HttpServletRequest request, String header) {
    return TrustedProxies.values(Collections.list(request.getHeaders(header)));
  }

  private static String scheme(HttpServletRequest request, @Nullable String told) {
    String lower = told == null ? "" : told.toLowerCase(Locale.ROOT);
    return lower.equals("http") || lower.equals("https") ? lower : request.getScheme();
  }

  @Override
  public String getRemoteAddr() {
    return client;
  }

  @Override
  public String getRemoteHost() {
    return client;
  }

  @Override
  public String getScheme() {
    return scheme;
  }

  @Override
  public boolean isSecure() {
    return scheme.equals("https");
  }

  @Override
  public @Nullable String getHeader(String name) {
    return name.equalsIgnoreCase(HttpHeaders.HOST) ? host : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return name.equalsIgnoreCase(HttpHeaders.HOST) && host != null
        ? Collections.enumeration(List.of(host))
        : super.getHeaders(name);
  }
}
