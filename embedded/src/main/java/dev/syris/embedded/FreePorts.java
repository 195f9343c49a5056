package dev.syris.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of this machine's loopback address, below those that the system hands to outgoing
 * connections: a client that keeps trying a port of that range while nobody listens ends up
 * connected to itself, and then the port is taken.
 */
public final class FreePorts {

  private static final int LOWEST = 20_000;
  private static final int TOO_HIGH = 32_000;
  private static final int ATTEMPTS = 1_000;

  private FreePorts() {}

  /** That many different ports that nothing listens on right now. */
  public static List<Integer> find(int count) {
    var found = new ArrayList<Integer>();
    for (int attempt = 0; found.size() < count; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, TOO_HIGH);
      if (!found.contains(port) && isFree(port)) {
        found.add(port);
      } else if (attempt > ATTEMPTS) {
        throw new EmbeddedException("no free port on 127.0.0.1 from " + LOWEST + " to " + TOO_HIGH);
      }
    }
    return List.copyOf(found);
  }

  /** Whether nothing listens on the port right now. */
  public static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      // As servers do: a connection that has just ended doesn't make its port taken.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static void requireFree(String what, int port) {
    if (!isFree(port)) {
      throw new EmbeddedException(
          "port " + port + " for " + what + " is taken on 127.0.0.1; free it or name another");
    }
  }
}
