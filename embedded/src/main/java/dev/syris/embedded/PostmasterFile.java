package dev.syris.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a running server has written into {@code postmaster.pid}. The file stays behind when the
 * server is killed, and the number in it may be another process's by then.
 *
 * @param status {@code starting}, {@code ready}, {@code stopping}, or empty
 */
record PostmasterFile(long pid, int port, String status) {

  static final String READY = "ready";

  static Optional<PostmasterFile> read(Path data) {
    try {
      return parse(Files.readAllLines(path(data)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new EmbeddedException("%s can't be read: %s".formatted(path(data), e), e);
    }
  }

  /** The one of a server that runs on this folder. */
  static Optional<PostmasterFile> running(Path data) {
    return read(data).filter(file -> file.runs(data));
  }

  /**
   * Lines: process id, data folder, start time, port, socket folder, listen address, shared memory,
   * status.
   */
  static Optional<PostmasterFile> parse(List<String> lines) {
    try {
      return lines.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new PostmasterFile(
                  Long.parseLong(lines.getFirst().strip()),
                  lines.size() > 3 ? Integer.parseInt(lines.get(3).strip()) : 0,
                  lines.size() > 7 ? lines.get(7).strip() : ""));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  static Path path(Path data) {
    return data.resolve("postmaster.pid");
  }

  boolean ready() {
    return status.equals(READY);
  }

  /**
   * Whether the process is there, is a server, and works in this folder. A zombie has no arguments
   * any more; of another user's process the program can't always be read, but the arguments can.
   */
  boolean runs(Path data) {
    return ProcessHandle.of(pid)
        .map(ProcessHandle::info)
        .filter(info -> info.command().map(PostmasterFile::isServer).orElse(true))
        .flatMap(ProcessHandle.Info::arguments)
        .filter(arguments -> worksIn(data, List.of(arguments)))
        .isPresent();
  }

  /** By where it stands, which holds through renames, or else by what it was told. */
  private boolean worksIn(Path data, List<String> arguments) {
    try {
      return Files.isSameFile(Path.of("/proc", Long.toString(pid), "cwd"), data);
    } catch (IOException e) {
      return arguments.containsAll(List.of("-D", data.toString()));
    }
  }

  private static boolean isServer(String command) {
    // Linux says so of a program whose file was replaced while it ran.
    return command.replace(" (deleted)", "").endsWith("/postgres");
  }
}
