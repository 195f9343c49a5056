package dev.syris.embedded;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The programs of PostgreSQL, unpacked once per version.
 *
 * @param folder holds {@code bin}, {@code lib} and {@code share}
 * @param version as released
 */
record PostgresBinaries(Path folder, String version) {

  private static final String RECEIPT = "unpacked";
  private static final Object IN_THIS_PROCESS = new Object();

  /**
   * Finds them in the cache or unpacks them there. Two processes at once, a crash in the middle and
   * a cache that a power cut left with empty files are all fine.
   */
  static PostgresBinaries unpack(Path cache) {
    String version = released();
    String platform = platform();
    Path target = cache.resolve("postgresql-%s-%s".formatted(version, platform));
    var binaries = new PostgresBinaries(target, version);
    try {
      if (binaries.complete()) {
        return binaries;
      }
      synchronized (IN_THIS_PROCESS) {
        try (var _ = FolderLock.await(cache)) {
          if (!binaries.complete()) {
            unpack("/postgres-" + platform + ".txz", target);
          }
        }
      }
      return binaries;
    } catch (IOException e) {
      throw new EmbeddedException(
          "PostgreSQL can't be unpacked into %s: %s".formatted(target, e), e);
    }
  }

  Path program(String name) {
    return folder.resolve("bin").resolve(name);
  }

  /** What a data folder can be shared between. */
  String majorVersion() {
    return version.substring(0, version.indexOf('.'));
  }

  private boolean complete() throws IOException {
    Path receipt = folder.resolve(RECEIPT);
    return Files.exists(receipt) && Files.readString(receipt).equals(sizes(folder));
  }

  private static void unpack(String resource, Path target) throws IOException {
    Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
    FileTree.delete(unfinished);
    try (InputStream archive = PostgresBinaries.class.getResourceAsStream(resource)) {
      if (archive == null) {
        throw new EmbeddedException(
            "no PostgreSQL comes with this program for this machine (" + resource + ")");
      }
      extract(archive, unfinished);
    }
    Files.writeString(unfinished.resolve(RECEIPT), sizes(unfinished));
    FileTree.delete(target);
    FileTree.publish(unfinished, target);
  }

  private static void extract(InputStream archive, Path target) throws IOException {
    try (var tar =
        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("entry outside the archive: " + entry.getName());
        }
        if (needed(entry.getName())) {
          write(tar, entry, path);
        }
      }
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Path parent = path.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, path);
      if ((entry.getMode() & 0100) != 0) {
        executable(path);
      }
    }
  }

  private static void executable(Path path) throws IOException {
    if (!path.toFile().setExecutable(true, false)) {
      throw new IOException("can't be made executable: " + path);
    }
  }

  /** Not what only compilers want. */
  private static boolean needed(String entry) {
    return !entry.endsWith(".a") && !entry.contains("/pgxs/") && !entry.contains("/pkgconfig/");
  }

  /** Number and length of all files: what is cut short or missing shows. */
  private static String sizes(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      long[] sizes =
          files
              .filter(file -> !file.endsWith(RECEIPT))
              .map(Path::toFile)
              .filter(File::isFile)
              .mapToLong(File::length)
              .toArray();
      return "%d files, %d bytes%n".formatted(sizes.length, Arrays.stream(sizes).sum());
    }
  }

  private static String released() {
    var properties = new Properties();
    try (InputStream stream = PostgresBinaries.class.getResourceAsStream("postgres.properties")) {
      properties.load(stream);
    } catch (IOException e) {
      throw new EmbeddedException("postgres.properties can't be read: " + e.getMessage(), e);
    }
    return properties.getProperty("version", "unknown");
  }

  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch");
    return (system.contains("mac") ? "darwin" : "linux")
        + (machine.equals("aarch64") || machine.equals("arm64") ? "-arm_64" : "-x86_64");
  }
}
