package dev.syris.standalone.data;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The data folder, held by one process at a time. Closing it lets another in. */
public final class DataFolder implements AutoCloseable {

  private final Path path;
  private final RandomAccessFile lockFile;
  private final FileLock lock;

  private DataFolder(Path path, RandomAccessFile lockFile, FileLock lock) {
    this.path = path;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /**
   * Makes the folder where it is missing, and takes it. The lock dies with the process, however
   * that ends.
   *
   * @throws UnusableDataFolder where it can't be written or another process has it
   */
  public static DataFolder open(Path path) throws UnusableDataFolder {
    RandomAccessFile lockFile = lockFile(path);
    try {
      FileLock lock = lockFile.getChannel().tryLock();
      if (lock == null) {
        throw new UnusableDataFolder(
            "SYRIS already runs on %s (%s); stop it first, or pass another folder with --data"
                .formatted(path, holder(path)));
      }
      Files.writeString(path.resolve("pid"), Long.toString(ProcessHandle.current().pid()));
      return new DataFolder(path, lockFile, lock);
    } catch (IOException | OverlappingFileLockException e) {
      throw new UnusableDataFolder(
          "the data folder %s can't be locked: %s".formatted(path, e.getMessage()));
    }
  }

  private static RandomAccessFile lockFile(Path path) throws UnusableDataFolder {
    try {
      if (Files.notExists(path)) {
        Files.createDirectories(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      return new RandomAccessFile(path.resolve("lock").toFile(), "rw");
    } catch (IOException e) {
      throw new UnusableDataFolder(
          "the data folder %s can't be written (%s); make it writable, or pass another with --data"
              .formatted(path, e.getMessage()));
    }
  }

  private static String holder(Path path) {
    try {
      return "process " + Files.readString(path.resolve("pid")).strip();
    } catch (IOException e) {
      return "by another process";
    }
  }

  public Path path() {
    return path;
  }

  public Path resolve(String name) {
    return path.resolve(name);
  }

  /**
   * Writes a file only its owner may read; whoever reads it sees the old text or the new, never
   * half.
   */
  public static void writePrivately(Path file, String text) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (var channel = Files.newByteChannel(draft, StandardOpenOption.WRITE)) {
      channel.write(StandardCharsets.UTF_8.encode(text));
      if (channel instanceof FileChannel open) {
        open.force(true);
      }
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path.resolve("pid"));
    lock.release();
    lockFile.close();
  }
}
