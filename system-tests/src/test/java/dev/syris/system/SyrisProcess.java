package dev.syris.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.StringReader;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * The packaged program on a folder of its own, as a child process that may be killed and started
 * again.
 */
final class SyrisProcess implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(90);

  private final Path folder;
  private final int port;
  private List<String> options = List.of();
  private Process process;

  private SyrisProcess(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  static SyrisProcess start() throws IOException {
    return start("");
  }

  /** With a configuration of its own. */
  static SyrisProcess start(String configuration) throws IOException {
    var syris = new SyrisProcess(Files.createTempDirectory("syris-system"), freePort());
    if (!configuration.isEmpty()) {
      Files.writeString(syris.folder().resolve("syris.yml"), configuration);
    }
    syris.launch();
    return syris;
  }

  /** With the options by which the launcher has crashes reported. */
  static SyrisProcess startReportingCrashes() throws IOException {
    var syris = new SyrisProcess(Files.createTempDirectory("syris-system"), freePort());
    Path reports = Files.createDirectory(syris.crashReports());
    syris.options =
        List.of(
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + reports.resolve("hs_err_%p.log"),
            "-Dsyris.crash-reports=" + reports);
    syris.launch();
    return syris;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /**
   * Starts on the folder as it is, and waits until {@code /health} says that the whole path works.
   */
  void launch() throws IOException {
    List<String> command =
        command("up", "--data", folder.toString(), "--port", Integer.toString(port));
    command.addAll(1, options);
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("console.txt").toFile()))
            .start();
    await()
        .atMost(START)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> !process.isAlive() || Http.health(url()) == 200);
    assertThat(process.isAlive()).as("the program runs; it said: %s", console()).isTrue();
  }

  /** One line of the command line. */
  static List<String> command(String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xms64m",
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("syris.program") + "/*",
            "dev.syris.standalone.cli.Main"));
    command.addAll(List.of(arguments));
    return command;
  }

  /** SIGKILL: no goodbye to anyone. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** SIGSEGV, which nobody expects, and waits for the end. */
  void crash() throws IOException, InterruptedException {
    signal("SEGV");
    process.waitFor();
  }

  /** Sends a signal by its name. */
  void signal(String name) throws IOException, InterruptedException {
    int exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
    assertThat(exit).isZero();
  }

  /** SIGTERM, and waits for the end. */
  int stop() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(15, TimeUnit.SECONDS)).as("stopped within 15 s").isTrue();
    return process.exitValue();
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  Path folder() {
    return folder;
  }

  /** Where the JVM leaves them, if it was told to. */
  Path crashReports() {
    return folder.resolve("crashes");
  }

  String token() throws IOException {
    return Files.readString(folder.resolve("operator.token")).strip();
  }

  Http http() throws IOException {
    return new Http(url(), token());
  }

  /** What the program printed so far. */
  String console() throws IOException {
    return Files.readString(folder.resolve("console.txt"));
  }

  Properties file(String name) throws IOException {
    var properties = new Properties();
    properties.load(new StringReader(Files.readString(folder.resolve(name))));
    return properties;
  }

  @Override
  public void close() throws Exception {
    if (process.isAlive()) {
      stop();
    } else {
      // A database outlives a killed program; starting and stopping once more ends it.
      launch();
      stop();
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
