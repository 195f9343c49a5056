package dev.syris.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Runs a short-lived program and keeps what it said. */
final class Program {

  /** What came of it. */
  record Result(int exitCode, String output) {

    boolean succeeded() {
      return exitCode == 0;
    }
  }

  private static final int NOT_STARTED = -1;

  private Program() {}

  /**
   * Starts it with standard error in standard output and without any setting meant for somebody
   * else's server.
   */
  static Process start(List<String> command) throws IOException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  /** Runs it to its end, or kills it when the time is up. */
  static Result run(List<String> command, Duration limit) {
    try {
      Process process = start(command);
      CompletableFuture<String> output =
          CompletableFuture.supplyAsync(
              () -> output(process), task -> Thread.ofVirtual().start(task));
      if (!process.waitFor(limit)) {
        process.destroyForcibly().waitFor();
      }
      return new Result(process.exitValue(), output.join());
    } catch (IOException e) {
      return new Result(NOT_STARTED, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedException("interrupted while running " + command.getFirst(), e);
    }
  }

  static String output(Process process) {
    try (var stream = process.getInputStream()) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
