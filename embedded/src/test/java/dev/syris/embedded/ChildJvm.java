package dev.syris.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An {@link Owner} in a JVM of its own, there to be killed. */
final class ChildJvm {

  private ChildJvm() {}

  static Process start(Object... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Owner.class.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  static void awaitReady(Process process) throws IOException {
    var output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = output.readLine();
    while (!"READY".equals(line)) {
      if (line == null) {
        throw new IllegalStateException("the child ended before it was ready");
      }
      line = output.readLine();
    }
  }

  /** As by the kernel when memory is short. */
  static void kill(Process process) throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
