package dev.syris.gateway.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The proxies whose word about a request is taken. Pure; trusts nobody unless told to. */
public final class TrustedProxies {

  private final List<AddressRange> ranges;

  /**
   * @param ranges addresses and CIDR ranges; an {@code IllegalArgumentException} names what is none
   */
  public TrustedProxies(List<String> ranges) {
    this.ranges = ranges.stream().map(AddressRange::of).toList();
  }

  /** True where a connection comes from one of them. */
  boolean trusts(String peer) {
    InetAddress address = AddressRange.address(peer);
    return address != null && trusts(address);
  }

  private boolean trusts(InetAddress address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }

  /**
   * Who a request came from in the end. Each proxy appends whom it heard it from, so the list is
   * read from its end for as long as the teller is trusted; what stands before may be invented.
   *
   * @param peer the other end of the connection, a trusted proxy
   * @param told the addresses of {@code X-Forwarded-For}, oldest first
   */
  String client(String peer, List<String> told) {
    String client = peer;
    for (String entry : told.reversed()) {
      InetAddress address = AddressRange.address(withoutPort(entry));
      if (address == null) {
        return client;
      }
      client = address.getHostAddress();
      if (!trusts(address)) {
        return client;
      }
    }
    return client;
  }

  /** The single values of a header that may come on several lines, each a list. */
  static List<String> values(List<String> lines) {
    return lines.stream()
        .flatMap(line -> Arrays.stream(line.split(",")))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  /** What the nearest proxy said; null where it said nothing. */
  static @Nullable String nearest(List<String> values) {
    return values.isEmpty() ? null : values.getLast();
  }

  private static String withoutPort(String entry) {
    if (entry.startsWith("[")) {
      int end = entry.indexOf(']');
      return end < 0 ? entry : entry.substring(1, end);
    }
    int colon = entry.indexOf(':');
    return colon >= 0 && colon == entry.lastIndexOf(':') ? entry.substring(0, colon) : entry;
  }
}
