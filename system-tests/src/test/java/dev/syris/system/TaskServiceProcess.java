package dev.syris.system;

import static org.awaitility.Awaitility.await;

import dev.syris.platform.assertion.Caller;
import dev.syris.platform.assertion.CallerAssertion;
import dev.syris.platform.kafka.KafkaSettings;
import dev.syris.platform.postgres.PostgresSettings;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The task service alone, from the jars of the packaged program, as a child process between a
 * broker and a database that stay up. May be killed, frozen, and started again; keeps its port.
 */
final class TaskServiceProcess implements AutoCloseable {

  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
  private static final Caller OPERATOR = new Caller("operator", "operator", Set.of("admin"));

  private final TestDatabase database;
  private final Path console;
  private final Path rehearsed;
  private final String instance;
  private final int port;
  private final CallerAssertion assertion = new CallerAssertion(KEY, InstantSource.system());
  private Process process;

  TaskServiceProcess(TestDatabase database, Path folder, String instance) throws IOException {
    this.database = database;
    this.console = folder.resolve("instance-" + instance + ".txt");
    this.rehearsed = folder.resolve("task-service.aot");
    this.instance = instance;
    try (var socket = new ServerSocket(0)) {
      this.port = socket.getLocalPort();
    }
  }

  /**
   * Lives once with a goodbye, and keeps what the JVM learned of its start (JEP 514): later lives
   * start in half the time.
   */
  void rehearse() throws Exception {
    launch("-XX:AOTCacheOutput=" + rehearsed);
    await().atMost(Duration.ofSeconds(90)).until(() -> isReady() || !isAlive());
    process.destroy();
    process.waitFor();
  }

  /** Starts it, and does not wait for it. */
  void launch(String... options) throws IOException {
    process =
        new ProcessBuilder(command(options))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()))
            .start();
  }

  private List<String> command(String... options) {
    KafkaSettings kafka = TestBackends.kafka("task");
    PostgresSettings postgres = database.as("syris_task");
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--sun-misc-unsafe-memory-access=allow"));
    if (Files.exists(rehearsed)) {
      command.add("-XX:AOTCache=" + rehearsed);
    }
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("syris.program") + "/*",
            "dev.syris.task.TaskService",
            "--server.port=" + port,
            "--syris.instance=" + instance,
            "--syris.task.lease=2s",
            "--syris.task.poll=200ms",
            "--syris.task.group=syris-task-" + database.name(),
            "--syris.assertion.key=" + KEY,
            "--syris.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
            "--syris.kafka.username=" + kafka.username(),
            "--syris.kafka.password=" + kafka.password(),
            "--syris.postgres.url=" + postgres.url(),
            "--syris.postgres.username=" + postgres.username(),
            "--syris.postgres.password=" + postgres.password()));
    return command;
  }

  String instance() {
    return instance;
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Whether it ended within the time. */
  boolean endsWithin(Duration atMost) throws InterruptedException {
    return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  int exitStatus() {
    return process.exitValue();
  }

  /** SIGKILL: no goodbye to anyone. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** SIGSTOP: it is there, and does nothing. */
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** SIGCONT: it goes on where it was, and does not know that time has passed. */
  void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(name, process.pid()))
            .start()
            .waitFor();
    if (status != 0) {
      throw new IllegalStateException("SIG" + name + " did not reach " + process.pid());
    }
  }

  boolean isReady() {
    return Http.health("http://127.0.0.1:" + port + "/internal") == 200;
  }

  /** Sends what the gateway would forward for the operator: a command that repeats no other. */
  Http.Answer send(String method, String path, String body)
      throws IOException, InterruptedException {
    return send(method, path, body, UUID.randomUUID().toString());
  }

  /** The same, which repeats whatever had that key. */
  Http.Answer send(String method, String path, String body, String idempotencyKey)
      throws IOException, InterruptedException {
    return Http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(10))
            .header(CallerAssertion.HEADER, assertion.sign(OPERATOR, method, path))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", idempotencyKey)
            .method(method, BodyPublishers.ofString(body))
            .build());
  }

  /** What it printed in all its lives. */
  String console() throws IOException {
    return Files.exists(console) ? Files.readString(console) : "";
  }

  @Override
  public void close() throws Exception {
    if (isAlive()) {
      thaw();
      process.destroy();
      if (!endsWithin(Duration.ofSeconds(10))) {
        kill();
      }
    }
  }
}
