package dev.syris.task.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * What an address is for, by the IANA special-purpose registries (RFC 6890). Addresses that carry
 * an IPv4 address inside (mapped, compatible, NAT64, 6to4, Teredo) are never public. Pure.
 */
enum AddressKind {
  /** Anywhere in the Internet. */
  PUBLIC,
  /** This machine or this house: loopback, private, shared and unique local addresses. */
  PRIVATE,
  /**
   * Nothing a host's name should mean: link-local, multicast, unspecified, reserved, translated.
   */
  SPECIAL;

  private static final List<Network> OF_THE_HOUSE =
      networks(
          "127.0.0.0/8",
          "10.0.0.0/8",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "100.64.0.0/10",
          "::1/128",
          "fc00::/7");

  private static final List<Network> NOT_FOR_HOSTS =
      networks(
          "0.0.0.0/8",
          "169.254.0.0/16",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4");

  /** All that is unicast and global in IPv6, of which the next list takes away. */
  private static final List<Network> GLOBAL = networks("2000::/3");

  private static final List<Network> NOT_GLOBAL =
      networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

  static AddressKind of(InetAddress address) {
    if (in(OF_THE_HOUSE, address)) {
      return PRIVATE;
    }
    if (address instanceof Inet4Address) {
      return in(NOT_FOR_HOSTS, address) ? SPECIAL : PUBLIC;
    }
    return in(GLOBAL, address) && !in(NOT_GLOBAL, address) ? PUBLIC : SPECIAL;
  }

  private static boolean in(List<Network> networks, InetAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  private static List<Network> networks(String... all) {
    return Arrays.stream(all).map(text -> Network.parse(text).orElseThrow()).toList();
  }
}
