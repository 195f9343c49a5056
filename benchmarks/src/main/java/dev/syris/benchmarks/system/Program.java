package dev.syris.benchmarks.system;

import java.io.IOException;
import java.io.StringReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The packaged program, with the JVM options of {@code ./syris up}. */
final class Program {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Path lib;
  private final @Nullable Path cache;

  Program(Path lib, @Nullable Path cache) {
    this.lib = lib;
    this.cache = cache;
  }

  /** Starts it and waits until {@code /health} answers 200. */
  Running start(Path folder) throws IOException, InterruptedException {
    int port = freePort();
    long began = System.nanoTime();
    Process process =
        new ProcessBuilder(command(folder, port))
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("console.txt").toFile()))
            .start();
    String url = "http://127.0.0.1:" + port;
    while (!healthy(url)) {
      if (!process.isAlive()) {
        throw new IOException(
            "the program ended: " + Files.readString(folder.resolve("console.txt")));
      }
      Thread.sleep(20);
    }
    return new Running(process, folder, url, (System.nanoTime() - began) / 1_000_000);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static boolean healthy(String url) throws InterruptedException {
    try {
      var request =
          HttpRequest.newBuilder(URI.create(url + "/health"))
              .timeout(Duration.ofSeconds(2))
              .build();
      return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private List<String> command(Path folder, int port) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xms64m",
            "-Xmx384m",
            "-Xss512k",
            "-XX:MaxMetaspaceSize=256m",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xlog:disable",
            "-Xlog:all=error:stderr"));
    if (cache != null) {
      command.add("-XX:AOTCache=" + cache);
    }
    command.addAll(
        List.of(
            "-cp",
            lib + "/*",
            "dev.syris.standalone.cli.Main",
            "up",
            "--data",
            folder.toString(),
            "--port",
            "" + port));
    return command;
  }

  /** A started one. */
  record Running(Process process, Path folder, String url, long readyMillis)
      implements AutoCloseable {

    long pid() {
      return process.pid();
    }

    /** The program, and the database, which leaves its parent's tree when it starts. */
    List<Long> roots() throws IOException {
      String postmaster =
          Files.readAllLines(folder.resolve("postgres/data/postmaster.pid")).getFirst().strip();
      return List.of(pid(), Long.parseLong(postmaster));
    }

    String token() throws IOException {
      return Files.readString(folder.resolve("operator.token")).strip();
    }

    Properties file(String name) throws IOException {
      var properties = new Properties();
      properties.load(new StringReader(Files.readString(folder.resolve(name))));
      return properties;
    }

    /** The milliseconds of the last line of the log that says so; -1 where there is none. */
    long logged(String phrase) throws IOException {
      var matcher =
          Pattern.compile(Pattern.quote(phrase) + " (\\d+) ms")
              .matcher(Files.readString(folder.resolve("logs/syris.log")));
      long last = -1;
      while (matcher.find()) {
        last = Long.parseLong(matcher.group(1));
      }
      return last;
    }

    /** SIGINT, as Ctrl-C sends it; returns the milliseconds until the process is gone. */
    long interrupt() throws IOException, InterruptedException {
      long began = System.nanoTime();
      new ProcessBuilder("kill", "-INT", Long.toString(pid())).start().waitFor();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        throw new IOException("the program did not stop within 20 s");
      }
      return (System.nanoTime() - began) / 1_000_000;
    }

    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException, InterruptedException {
      interrupt();
    }
  }
}
