package dev.syris.standalone.cli;

import dev.syris.standalone.data.DataFolder;
import dev.syris.standalone.data.Installation;
import dev.syris.standalone.data.UnusableDataFolder;
import dev.syris.standalone.up.StandaloneSyris;
import dev.syris.standalone.up.UpSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts everything and stays until told to stop. */
@Command(
    name = "up",
    description = "Start SYRIS: broker, database and the four services, in one process.")
final class UpCommand implements Callable<Integer> {

  private static final Duration TEND_EVERY = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Mixin private DataOption data = new DataOption();

  @Option(names = "--port", paramLabel = "N", description = "port of the gateway (default: 7171)")
  private @Nullable Integer port;

  @Option(
      names = "--kafka-port",
      paramLabel = "N",
      description = "port for Kafka producers (default: 7172 or a free one)")
  private @Nullable Integer kafkaPort;

  /** A practice run, of which the JVM keeps what it learned: start, one event, stop. */
  @Option(names = "--rehearse", hidden = true)
  private boolean rehearse;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    long began = startOfJvm();
    PrintWriter out = DataOption.out(spec);
    try (DataFolder folder = DataFolder.open(data.folder())) {
      prepareLogging(folder.path());
      return run(folder, out, began);
    } catch (UnusableDataFolder | StandaloneSyris.CannotStart | IllegalArgumentException e) {
      DataOption.err(spec).println("syris: " + e.getMessage());
      return 1;
    }
  }

  private int run(DataFolder folder, PrintWriter out, long began)
      throws StandaloneSyris.CannotStart, IOException, InterruptedException {
    var installation = new Installation(folder.path());
    UpSettings settings = UpSettings.read(installation.settings(), port, kafkaPort);
    out.printf("SYRIS starts on %s (time zone %s) …%n", folder.path(), settings.timezone());
    out.flush();
    var asked = new CountDownLatch(1);
    var gone = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().unstarted(() -> waitForEnd(asked, gone)));
    try {
      StandaloneSyris syris = StandaloneSyris.start(folder, settings, cacheFolder());
      try {
        boolean ready = syris.awaitReady(PATIENCE);
        announce(out, ready, settings, installation, began);
        if (rehearse) {
          Rehearsal.play(settings.url(), installation);
          return 0;
        }
        while (!asked.await(TEND_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
          syris.tend();
        }
        out.println("SYRIS stops …");
        out.flush();
      } finally {
        syris.close();
      }
      return 0;
    } finally {
      gone.countDown();
    }
  }

  /**
   * The hook of Ctrl-C and SIGTERM: asks the main thread to stop everything in order, and holds the
   * JVM until then.
   */
  private static void waitForEnd(CountDownLatch asked, CountDownLatch gone) {
    asked.countDown();
    try {
      boolean ended = gone.await(10, TimeUnit.SECONDS);
      if (!ended) {
        Runtime.getRuntime().halt(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void announce(
      PrintWriter out, boolean ready, UpSettings settings, Installation installation, long began) {
    double seconds = (System.currentTimeMillis() - began) / 1000.0;
    out.printf(
        """

        SYRIS %s after %.1f s.

          address      %s
          admin token  %s
          producers    %s

        Try it:

          curl -s %s/events -H "Authorization: Bearer $(cat %s)" -H 'Content-Type: application/json' \\
            -d '{"channel":"api","connector_id":"curl","text":"set a timer for 10 minutes"}'

        Ctrl-C stops it. Logs are in %s.
        """,
        ready ? "is ready" : "runs, but something does not answer yet (see /health),",
        seconds,
        settings.url(),
        installation.operatorToken(),
        installation.producerProperties(),
        settings.url(),
        installation.operatorToken(),
        installation.folder().resolve("logs"));
    out.flush();
  }

  /** The logging library reads this when the first logger is made, so it must be told before. */
  private static void prepareLogging(Path folder) throws IOException {
    Path logs = Files.createDirectories(folder.resolve("logs"));
    System.setProperty("syris.logs", logs.toString());
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  static Path cacheFolder() {
    String named = System.getenv("XDG_CACHE_HOME");
    Path caches =
        named == null || named.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(named);
    return caches.resolve("syris");
  }

  /** Of the JVM: the process may be older, it was the shell that built what runs. */
  private static long startOfJvm() {
    return ManagementFactory.getRuntimeMXBean().getStartTime();
  }
}
