package dev.syris.task.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks a host up once for each connection, and hands on only addresses that may be spoken to: what
 * is connected to is what was checked, whatever the name means a moment later. Thread-safe.
 */
final class PinnedResolver implements DnsResolver {

  private final AllowedHosts allowed;
  private final Lookup lookup;

  PinnedResolver(AllowedHosts allowed, Lookup lookup) {
    this.allowed = allowed;
    this.lookup = lookup;
  }

  /** How names become addresses. */
  @FunctionalInterface
  interface Lookup {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  /** The operator has not allowed it; the message says what to do. */
  static final class NotAllowedException extends UnknownHostException {
    private final String code;

    NotAllowedException(String code, String message) {
      super(message);
      this.code = code;
    }

    String code() {
      return code;
    }
  }

  @Override
  public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    InetAddress[] found = lookup.resolve(host);
    List<InetSocketAddress> permitted =
        Arrays.stream(found)
            .filter(address -> allowed.permits(host, port, address))
            .map(address -> new InetSocketAddress(address, port))
            .toList();
    if (permitted.isEmpty()) {
      throw refused(host, port, found);
    }
    return permitted;
  }

  private NotAllowedException refused(String host, int port, InetAddress[] found) {
    if (!allowed.names(host)) {
      return new NotAllowedException(
          "http.host_not_allowed",
          "%s:%d is not in %s (%s); add the host, host:port, *.domain, its address or its network there"
              .formatted(host, port, AllowedHosts.SETTING, allowed.shown()));
    }
    String address = found.length == 0 ? "no address" : found[0].getHostAddress();
    return new NotAllowedException(
        "http.address_not_allowed",
        "%s port %d is %s, which %s does not let through for that name; add the address or its network there"
            .formatted(host, port, address, AllowedHosts.SETTING));
  }

  /** Without a port nothing can be checked. */
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    throw new UnknownHostException(host);
  }

  /** A name is never made of what another name means. */
  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
