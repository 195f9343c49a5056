package dev.syris.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports of this machine's loopback address. */
public final class FreePorts {

  private FreePorts() {}

  /** That many different ports that nothing listens on right now. */
  public static List<Integer> find(int count) {
    var held = new ArrayList<ServerSocket>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(bind(0));
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException e) {
      throw new EmbeddedException("no free port on 127.0.0.1: " + e.getMessage(), e);
    } finally {
      held.forEach(FreePorts::release);
    }
  }

  /** Whether nothing listens on the port right now. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = bind(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  static void requireFree(String what, int port) {
    if (!isFree(port)) {
      throw new EmbeddedException("port " + port + " for " + what + " is taken on 127.0.0.1; free it or name another");
    }
  }

  private static ServerSocket bind(int port) throws IOException {
    var socket = new ServerSocket();
    try {
      // As servers do: a connection that has just ended doesn't make its port taken.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static void release(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It only ever listened for a moment; nothing hangs on it.
    }
  }
}
