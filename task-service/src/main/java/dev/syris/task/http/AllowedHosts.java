package dev.syris.task.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hosts the operator allowed. A host is let through by its name, and then only to addresses
 * that fit the way it was named; or by its addresses, where they are listed themselves. Pure.
 */
final class AllowedHosts {

  static final String SETTING = "syris.tools.http.allowed-hosts";

  private static final int LAST_PORT = 65_535;
  private static final Pattern WITH_PORT = Pattern.compile("(\\[[^]]+]|[^:/]+):(\\d{1,5})");
  private static final Pattern NAME =
      Pattern.compile(
          "(\\*\\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*");

  private final List<String> written;
  private final List<Entry> entries;

  /**
   * @throws IllegalArgumentException where an entry is none of what is allowed there
   */
  AllowedHosts(List<String> written) {
    this.written = List.copyOf(written);
    this.entries = written.stream().map(AllowedHosts::entry).toList();
  }

  /**
   * One line of the list.
   *
   * @param port 0 for any
   */
  private record Entry(What what, int port) {
    boolean permits(String host, int toPort, InetAddress address) {
      return (port == 0 || port == toPort) && what.permits(host, address);
    }
  }

  /** What a line names. */
  private sealed interface What {

    /** Whether a host by that name may be spoken to at that address. */
    boolean permits(String host, InetAddress address);

    /** One host by its full name: in the house or outside, but never link-local and the like. */
    record Host(String name) implements What {
      @Override
      public boolean permits(String host, InetAddress address) {
        return host.equals(name) && AddressKind.of(address) != AddressKind.SPECIAL;
      }
    }

    /** Every host under a domain: outside only, because others may make names there. */
    record Domain(String suffix) implements What {
      @Override
      public boolean permits(String host, InetAddress address) {
        return host.endsWith(suffix) && AddressKind.of(address) == AddressKind.PUBLIC;
      }
    }

    /** Addresses, whatever name leads there. */
    record Addresses(Network network) implements What {
      @Override
      public boolean permits(String host, InetAddress address) {
        return network.contains(address);
      }
    }
  }

  /** Whether a host, by the name given, may be spoken to at an address it has. */
  boolean permits(String host, int port, InetAddress address) {
    String name = canonical(host);
    return entries.stream().anyMatch(entry -> entry.permits(name, port, address));
  }

  /** Whether a host's name is listed at all, for messages. */
  boolean names(String host) {
    String name = canonical(host);
    return entries.stream()
        .anyMatch(
            entry ->
                switch (entry.what()) {
                  case What.Host(String one) -> name.equals(one);
                  case What.Domain(String suffix) -> name.endsWith(suffix);
                  case What.Addresses _ -> false;
                });
  }

  /** The list as the operator wrote it. */
  String shown() {
    return String.join(", ", written);
  }

  private static String canonical(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static Entry entry(String written) {
    String text = written.strip().toLowerCase(Locale.ROOT);
    Optional<Network> network = Network.parse(text);
    if (network.isPresent()) {
      return new Entry(new What.Addresses(network.get()), 0);
    }
    Matcher withPort = WITH_PORT.matcher(text);
    boolean ported = withPort.matches();
    String host = ported ? withPort.group(1) : text;
    int port = ported ? Integer.parseInt(withPort.group(2)) : 0;
    Optional<InetAddress> literal = Network.literal(host);
    if (port > LAST_PORT || (literal.isEmpty() && !NAME.matcher(host).matches())) {
      throw new IllegalArgumentException(
          "%s holds \"%s\"; it takes a host, host:port, *.domain, an address or a network such as 192.168.1.0/24"
              .formatted(SETTING, written));
    }
    What what =
        literal.isPresent()
            ? new What.Addresses(
                new Network(literal.get(), literal.get().getAddress().length * Byte.SIZE))
            : host.startsWith("*.") ? new What.Domain(host.substring(1)) : new What.Host(host);
    return new Entry(what, port);
  }
}
