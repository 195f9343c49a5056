package dev.syris.platform.secret;

import dev.syris.platform.seal.KeyRing;
import dev.syris.platform.seal.SealingKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Where the keys of secrets are. */
public sealed interface KeySource {

  /** The keys as they are now. */
  KeyRing read();

  /** Keys from the environment: they change with a restart. */
  record Given(KeyRing ring) implements KeySource {
    @Override
    public KeyRing read() {
      return ring;
    }
  }

  /** There are none: no secret can be read. */
  record None() implements KeySource {
    @Override
    public KeyRing read() {
      throw new UnreadableSecretException(
          "there is no key for secrets; set syris.secrets.key (SYRIS_SECRETS_KEY)");
    }
  }

  /** A file only its owner reads; it may change while we run. */
  record InFile(Path file) implements KeySource {

    private static final String COMMENT =
        "# Keys of the secrets: the first seals, the others only open. Keep it with your backups, and private.\n";

    /** Makes the file with a new key where there is none. */
    public static InFile loadOrCreate(Path file) throws IOException {
      var source = new InFile(file);
      if (Files.notExists(file)) {
        source.write(KeyRing.of(SealingKey.random()));
      }
      return source;
    }

    @Override
    public KeyRing read() {
      try {
        return KeyRing.parse(file.toString(), Files.readString(file));
      } catch (IOException e) {
        throw new UncheckedIOException(
            "the key file of the secrets can't be read: " + e.getMessage(), e);
      }
    }

    /** Whoever reads sees the old keys or the new, never half; on disk when it returns. */
    void write(KeyRing ring) throws IOException {
      Path draft = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(draft);
      Files.createFile(
          draft,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(COMMENT + ring.text());
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel folder =
          FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
        folder.force(true);
      }
    }
  }
}
