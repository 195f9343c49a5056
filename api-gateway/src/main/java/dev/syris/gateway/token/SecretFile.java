package dev.syris.gateway.token;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** One secret in one file that only its owner can read. It is there whole or not at all. */
final class SecretFile {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final Path file;

  SecretFile(Path file) {
    this.file = file;
  }

  Path path() {
    return file;
  }

  Optional<String> read() {
    try {
      return Files.exists(file)
          ? Optional.of(Files.readString(file).strip()).filter(SecretFile::usable)
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + file, e);
    }
  }

  /** Writes beside, forces to disk, renames: a crash leaves the old file or the new one. */
  void write(String secret) {
    try {
      Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
      Path fresh =
          Files.createTempFile(
              folder, ".operator", ".tmp", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap((secret + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
        directory.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + file, e);
    }
  }

  /** Takes the file from everybody but its owner, should somebody have opened it. */
  void close() {
    try {
      Files.setPosixFilePermissions(file, OWNER_ONLY);
    } catch (IOException e) {
      throw new UncheckedIOException("could not protect " + file, e);
    }
  }

  private static boolean usable(String secret) {
    return secret.length() >= TokenSecret.MIN_LENGTH
        && secret.chars().allMatch(c -> c > 0x20 && c < 0x7f);
  }
}
