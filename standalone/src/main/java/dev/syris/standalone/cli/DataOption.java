package dev.syris.standalone.cli;

import dev.syris.standalone.data.Installation;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The flag every command has. */
final class DataOption {

  @Option(names = "--data", paramLabel = "DIR", description = "data folder (default: ~/.syris)")
  private @Nullable Path data;

  Path folder() {
    return (data == null ? Installation.defaultFolder() : data).toAbsolutePath().normalize();
  }

  static PrintWriter out(@Nullable CommandSpec spec) {
    return spec == null ? new PrintWriter(System.out, true) : spec.commandLine().getOut();
  }

  static PrintWriter err(@Nullable CommandSpec spec) {
    return spec == null ? new PrintWriter(System.err, true) : spec.commandLine().getErr();
  }
}
