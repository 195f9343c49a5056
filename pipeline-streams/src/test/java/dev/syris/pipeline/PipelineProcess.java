package dev.syris.pipeline;

import dev.syris.platform.kafka.KafkaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The service as a process of its own, so that it can be killed. */
final class PipelineProcess implements AutoCloseable {

  private final Process process;

  private PipelineProcess(Process process) {
    this.process = process;
  }

  static PipelineProcess start(KafkaSettings kafka, Path data) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), PipelineStreams.class.getName()));
    command.addAll(RunningPipeline.arguments(kafka, data));
    try {
      return new PipelineProcess(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(data.resolve("pipeline.log").toFile())
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
