package dev.syris.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What a server that did not come up has said about it. */
final class StartLog {

  private static final String NAME = "start.log";
  private static final int LINES = 5;

  private StartLog() {}

  /** An empty file for what is said before the server has a log of its own. */
  static Path fresh(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    Files.deleteIfExists(file);
    return file;
  }

  /** The last lines of whatever was written last. */
  static String of(Path folder) throws IOException {
    List<Path> files;
    try (var all = Files.list(folder)) {
      files = all.sorted(Comparator.comparing(file -> file.toFile().lastModified())).toList();
    }
    List<String> lines = files.isEmpty() ? List.of() : Files.readAllLines(files.getLast());
    return lines.stream().skip(Math.max(0, lines.size() - LINES)).collect(Collectors.joining(" | "));
  }
}
