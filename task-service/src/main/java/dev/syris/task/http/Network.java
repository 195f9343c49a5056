package dev.syris.task.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of addresses, or one.
 *
 * @param bits how many leading bits count
 */
record Network(InetAddress address, int bits) {

  /** Written as an address, so that looking it up asks nobody. */
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern BITS = Pattern.compile("\\d{1,3}");

  /** Reads {@code 192.168.1.0/24}, {@code fd00::/8}, or one address. */
  static Optional<Network> parse(String text) {
    int slash = text.indexOf('/');
    String bits = slash < 0 ? "" : text.substring(slash + 1);
    return literal(slash < 0 ? text : text.substring(0, slash))
        .flatMap(
            address -> {
              int all = address.getAddress().length * Byte.SIZE;
              if (slash < 0) {
                return Optional.of(new Network(address, all));
              }
              boolean fits = BITS.matcher(bits).matches() && Integer.parseInt(bits) <= all;
              return fits
                  ? Optional.of(new Network(address, Integer.parseInt(bits)))
                  : Optional.empty();
            });
  }

  /** An address written as one; IPv6 may have brackets. */
  static Optional<InetAddress> literal(String text) {
    String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    if (!IPV4.matcher(bare).matches() && !IPV6.matcher(bare).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(bare));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  boolean contains(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if (((mine[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
