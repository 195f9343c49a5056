package dev.syris.testkit;

import dev.syris.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * A folder that lives as long as this JVM; what a killed one left behind is taken away by the next.
 */
final class TestFolder {

  static final String POSTGRES = "postgres";

  private static final String PREFIX = "syris-test-";

  private final Path root;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  private TestFolder(Path root) {
    this.root = root;
  }

  static TestFolder create() {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      removeLeftovers(parent);
      var folder =
          new TestFolder(
              Files.createTempDirectory(parent, PREFIX + ProcessHandle.current().pid() + "-"));
      Runtime.getRuntime().addShutdownHook(new Thread(folder::remove, "remove-test-folder"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for tests in " + parent, e);
    }
  }

  Path resolve(String name) {
    return root.resolve(name);
  }

  /** Closed before the folder is removed, the youngest first. */
  synchronized void closeFirst(AutoCloseable part) {
    parts.push(part);
  }

  private synchronized void remove() {
    try {
      for (AutoCloseable part : parts) {
        part.close();
      }
      delete(root);
    } catch (Exception e) {
      System.out.println("test backends in " + root + " were not taken away: " + e);
    }
  }

  private static void removeLeftovers(Path parent) throws IOException {
    List<Path> folders;
    try (var all = Files.list(parent)) {
      folders = all.filter(folder -> folder.getFileName().toString().startsWith(PREFIX)).toList();
    }
    for (Path folder : folders) {
      long pid =
          Long.parseLong(folder.getFileName().toString().substring(PREFIX.length()).split("-")[0]);
      if (ProcessHandle.of(pid).isEmpty()) {
        EmbeddedPostgres.stopLeftover(folder.resolve(POSTGRES));
        delete(folder);
      }
    }
  }

  private static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      List<Path> deepestFirst;
      try (var paths = Files.walk(tree)) {
        deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    }
  }
}
