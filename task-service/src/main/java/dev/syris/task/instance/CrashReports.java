package dev.syris.task.instance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The reports a JVM leaves when it crashes: {@code hs_err_<pid>.log} in one folder.
 *
 * @param folder null where nobody knows it
 */
public record CrashReports(@Nullable Path folder) {

  /** Nobody knows where they are. */
  public static final CrashReports NONE = new CrashReports(null);

  /** Whether a process that was started then left one. */
  boolean has(long pid, Instant startedAt) {
    if (folder == null) {
      return false;
    }
    Path report = folder.resolve("hs_err_%d.log".formatted(pid));
    try {
      return Files.exists(report)
          && !Files.getLastModifiedTime(report).toInstant().isBefore(startedAt);
    } catch (IOException e) {
      return false;
    }
  }
}
