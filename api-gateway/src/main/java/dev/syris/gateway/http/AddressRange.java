package dev.syris.gateway.http;

import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * IP addresses that share their first bits, as CIDR writes them; an address alone is a range of
 * one. Names are never looked up.
 */
final class AddressRange {

  private final byte[] network;
  private final int bits;

  private AddressRange(byte[] network, int bits) {
    this.network = network;
    this.bits = bits;
  }

  /** Throws {@code IllegalArgumentException} where the text is no range, and says why. */
  static AddressRange of(String text) {
    int slash = text.indexOf('/');
    InetAddress address = address(slash < 0 ? text.strip() : text.substring(0, slash).strip());
    if (address == null) {
      throw new IllegalArgumentException("\"" + text + "\" is no IP address or CIDR range");
    }
    byte[] network = address.getAddress();
    int most = network.length * Byte.SIZE;
    int bits = slash < 0 ? most : bits(text.substring(slash + 1).strip());
    if (bits < 0 || bits > most) {
      throw new IllegalArgumentException(
          "\"" + text + "\" must end in a number from 0 to " + most + " after the slash");
    }
    return new AddressRange(network, bits);
  }

  /** An address written as such; null where the text is anything else. */
  static @Nullable InetAddress address(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    int whole = bits / Byte.SIZE;
    if (bytes.length != network.length || !Arrays.equals(bytes, 0, whole, network, 0, whole)) {
      return false;
    }
    int rest = bits % Byte.SIZE;
    if (rest == 0) {
      return true;
    }
    int difference = (bytes[whole] ^ network[whole]) & 0xFF;
    return difference >>> (Byte.SIZE - rest) == 0;
  }

  private static int bits(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
