package dev.syris.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a server says while it starts, in whichever of its log files. */
final class StartLog {

  private static final int LINES = 6;

  private final Path folder;
  private final Map<Path, Long> before = new HashMap<>();

  private StartLog(Path folder) {
    this.folder = folder;
  }

  /** Takes note of where each log ends now. */
  static StartLog begin(Path folder) throws IOException {
    var log = new StartLog(folder);
    Files.deleteIfExists(log.file());
    for (Path file : log.files()) {
      log.before.put(file, Files.size(file));
    }
    return log;
  }

  /** For what is said before the server has a log of its own. */
  Path file() {
    return folder.resolve("start.log");
  }

  /** The last lines since then, in one line. */
  String said() throws IOException {
    var text = new StringBuilder();
    for (Path file : files()) {
      text.append(tail(file, before.getOrDefault(file, 0L)));
    }
    List<String> lines = text.toString().lines().filter(line -> !line.isBlank()).toList();
    return lines.stream()
        .skip(Math.max(0, lines.size() - LINES))
        .collect(Collectors.joining(" | "));
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static String tail(Path file, long from) throws IOException {
    try (var content = new RandomAccessFile(file.toFile(), "r")) {
      var bytes = new byte[(int) Math.max(0, content.length() - from)];
      content.seek(from);
      content.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
