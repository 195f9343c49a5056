package dev.syris.standalone.up;

import dev.syris.embedded.FreePorts;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A port that every program would like. It listens there only some time after it chose, so two that
 * start at once would both find it free: the one that has the lock takes it, as long as it lives.
 */
final class PreferredPort {

  private static @Nullable FileLock held;

  private PreferredPort() {}

  /** Whether the port is free, and nobody else is about to take it. */
  static synchronized boolean claim(int port) {
    if (!FreePorts.isFree(port)) {
      return false;
    }
    if (held != null && held.isValid()) {
      return true;
    }
    Path file =
        Path.of(System.getProperty("java.io.tmpdir")).resolve("syris-port-%d.lock".formatted(port));
    try {
      var channel =
          FileChannel.open(
              file,
              Set.of(
                  StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
      held = channel.tryLock();
      if (held == null) {
        channel.close();
      }
    } catch (IOException | OverlappingFileLockException e) {
      return false; // somebody else's: there are other ports
    }
    return held != null;
  }
}
