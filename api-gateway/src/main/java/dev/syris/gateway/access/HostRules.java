package dev.syris.gateway.access;

import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which names we answer to, and which pages may call us. A foreign Host is how DNS rebinding looks,
 * a foreign Origin how a request from somebody else's page does. Pure; ports of the Host do not
 * matter, ports of an Origin do.
 */
public final class HostRules {

  private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

  private final Set<String> hosts = new HashSet<>(Set.of("localhost", "127.0.0.1", "::1"));
  private final @Nullable String publicOrigin;

  /**
   * @param bind the address we listen on
   * @param publicUrl what browsers call us, if it is not one of the loopback names
   */
  public HostRules(@Nullable String bind, @Nullable URI publicUrl) {
    if (bind != null && !WILDCARDS.contains(bind)) {
      hosts.add(bare(bind));
    }
    if (publicUrl != null) {
      hosts.add(bare(publicUrl.getHost()));
      publicOrigin = origin(publicUrl);
    } else {
      publicOrigin = null;
    }
  }

  /**
   * True where a Host header names us.
   *
   * @param localAddress the address the connection came in on: a literal address cannot be rebound
   */
  public boolean ours(@Nullable String host, String localAddress) {
    if (host == null) {
      return false;
    }
    String name = bare(withoutPort(host));
    return hosts.contains(name) || name.equals(bare(localAddress));
  }

  /** True where an Origin header is our own, seen from a Host that was found to be ours. */
  public boolean sameOrigin(String origin, String host) {
    String lower = origin.toLowerCase(Locale.ROOT);
    String authority = host.toLowerCase(Locale.ROOT);
    return lower.equals("http://" + authority)
        || lower.equals("https://" + authority)
        || lower.equals(publicOrigin);
  }

  private static String origin(URI url) {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return (url.getScheme() + "://" + url.getHost() + port).toLowerCase(Locale.ROOT);
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    boolean port = colon > 0 && colon > host.lastIndexOf(']') && host.indexOf(':') == colon;
    boolean bracketed = host.startsWith("[") && colon > host.lastIndexOf(']');
    return port || bracketed ? host.substring(0, colon) : host;
  }

  private static String bare(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean bracketed = lower.startsWith("[") && lower.endsWith("]");
    String inner = bracketed ? lower.substring(1, lower.length() - 1) : lower;
    return inner.equals("0:0:0:0:0:0:0:1") ? "::1" : inner;
  }
}
