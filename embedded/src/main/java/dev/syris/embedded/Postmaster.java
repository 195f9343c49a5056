package dev.syris.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The server's process: started, found, stopped. It has a session of its own, so that Ctrl-C is not
 * for it.
 */
final class Postmaster {

  /** How it came to run. */
  enum Start {
    STARTED,
    FOUND
  }

  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(5);
  private static final Duration LEFTOVER_LIMIT = Duration.ofSeconds(10);
  private static final long POLL_MILLIS = 5;

  private final EmbeddedPostgresSettings settings;
  private final PostgresBinaries binaries;
  private final Unprivileged unprivileged;
  private final ServerConfiguration configuration;

  Postmaster(
      EmbeddedPostgresSettings settings, PostgresBinaries binaries, Unprivileged unprivileged) {
    this.settings = settings;
    this.binaries = binaries;
    this.unprivileged = unprivileged;
    this.configuration = ServerConfiguration.of(settings);
  }

  /** Goes on with a server that runs exactly as it should; any other on this folder is replaced. */
  Start startUnlessRunning() {
    if (isRunning()) {
      if (asConfigured() && awaitReady()) {
        return Start.FOUND;
      }
      stop();
    }
    start();
    return Start.STARTED;
  }

  boolean isRunning() {
    return PostmasterFile.running(settings.data()).isPresent();
  }

  /** Fast, then at once, then by force; returns when the process is gone. */
  void stop() {
    stop(settings.data());
  }

  static void stop(Path data) {
    Optional<PostmasterFile> found = PostmasterFile.running(data);
    if (found.isEmpty()) {
      return;
    }
    PostmasterFile server = found.get();
    for (String signal : List.of("INT", "QUIT", "KILL")) {
      Program.run(List.of("/bin/sh", "-c", "kill -" + signal + " " + server.pid()), SIGNAL_LIMIT);
      if (await(() -> !server.runs(data), STOP_LIMIT)) {
        return;
      }
    }
    throw new EmbeddedException(
        "PostgreSQL on " + data + " does not stop, process " + server.pid());
  }

  private void start() {
    FreePorts.requireFree("PostgreSQL", settings.port());
    try {
      configuration.write(settings.data());
      removeMisleadingFile();
      long patience = System.nanoTime() + LEFTOVER_LIMIT.toNanos();
      for (Optional<String> failure = attempt(); failure.isPresent(); failure = attempt()) {
        // Children of a killed server need a moment to notice that they are orphans.
        if (!failure.get().contains("shared memory block") || System.nanoTime() > patience) {
          throw new EmbeddedException(
              "PostgreSQL did not start on " + settings.data() + ": " + failure.get());
        }
        pause();
      }
    } catch (IOException e) {
      throw new EmbeddedException("PostgreSQL did not start on " + settings.data() + ": " + e, e);
    }
  }

  /**
   * Why the server did not come up, if so. pg_ctl looks ten times a second only, but knows when
   * there's no hope.
   */
  private Optional<String> attempt() throws IOException {
    StartLog log = StartLog.begin(settings.log());
    Process starter =
        Program.start(
            unprivileged.command(
                List.of(
                    binaries.program("pg_ctl").toString(),
                    "start",
                    "--wait",
                    "--silent",
                    "--timeout=" + START_LIMIT.toSeconds(),
                    "--pgdata=" + settings.data(),
                    "--log=" + log.file())));
    await(() -> isReady() || !starter.isAlive(), START_LIMIT);
    if (isReady()) {
      return Optional.empty();
    }
    starter.destroy();
    return Optional.of(Program.output(starter) + " " + log.said());
  }

  /**
   * The server believes its file as long as any process has the number in it, and after a reboot
   * any process may. Where there is no such process the file stays: the server looks into it for
   * children of its predecessor.
   */
  private void removeMisleadingFile() throws IOException {
    Optional<PostmasterFile> left = PostmasterFile.read(settings.data());
    if (left.isPresent() && ProcessHandle.of(left.get().pid()).isPresent()) {
      Files.delete(PostmasterFile.path(settings.data()));
    }
  }

  private boolean asConfigured() {
    try {
      return configuration.isIn(settings.data())
          && Files.readString(settings.data().resolve("postmaster.opts"))
              .contains(binaries.program("postgres").toString());
    } catch (IOException e) {
      return false;
    }
  }

  private boolean awaitReady() {
    await(() -> isReady() || !isRunning(), START_LIMIT);
    return isReady();
  }

  private boolean isReady() {
    return PostmasterFile.running(settings.data()).filter(PostmasterFile::ready).isPresent();
  }

  private static boolean await(BooleanSupplier condition, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      pause();
    }
    return true;
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedException("interrupted while waiting for PostgreSQL", e);
    }
  }
}
