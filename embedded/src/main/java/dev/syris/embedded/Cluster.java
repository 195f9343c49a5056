package dev.syris.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/** The data folder of a server: made once, whole or not at all. */
final class Cluster {

  private static final Duration INITDB_LIMIT = Duration.ofMinutes(2);
  private static final String HBA =
      """
      # Nobody without a password, from nowhere but this machine.
      host all all 127.0.0.1/32 scram-sha-256
      """;

  private final EmbeddedPostgresSettings settings;
  private final PostgresBinaries binaries;
  private final Unprivileged unprivileged;

  Cluster(EmbeddedPostgresSettings settings, PostgresBinaries binaries, Unprivileged unprivileged) {
    this.settings = settings;
    this.binaries = binaries;
    this.unprivileged = unprivileged;
  }

  /** Makes the cluster if there is none. The caller holds the folder's lock. */
  void prepare() {
    try {
      Path unfinished = settings.folder().resolve("unfinished");
      FileTree.delete(unfinished);
      Files.createDirectories(settings.log());
      if (Files.exists(settings.data())) {
        checkVersion();
      } else {
        Files.createDirectories(unfinished);
        initialize(unfinished);
        FileTree.publish(unfinished.resolve("data"), settings.data());
        FileTree.delete(unfinished);
      }
      if (PostmasterFile.running(settings.data()).isEmpty()) {
        unprivileged.own(settings.data());
        unprivileged.own(settings.log());
      }
    } catch (IOException e) {
      throw new EmbeddedException("PostgreSQL's folder %s can't be used: %s".formatted(settings.folder(), e), e);
    }
  }

  /** The configuration this program runs the server with. */
  String configuration() {
    try (InputStream stream = Cluster.class.getResourceAsStream("postgresql.conf")) {
      if (stream == null) {
        throw new IllegalStateException("postgresql.conf is not in the jar");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          + "port = %d%nlog_directory = '%s'%n"
              .formatted(settings.port(), settings.log().toString().replace("'", "''"));
    } catch (IOException e) {
      throw new EmbeddedException("postgresql.conf can't be read: " + e.getMessage(), e);
    }
  }

  private void checkVersion() throws IOException {
    String found = Files.readString(settings.data().resolve("PG_VERSION")).strip();
    if (!found.equals(binaries.majorVersion())) {
      throw new EmbeddedException(
          "%s was written by PostgreSQL %s, this program brings %s; move the folder away or upgrade it"
              .formatted(settings.data(), found, binaries.version()));
    }
  }

  private void initialize(Path unfinished) throws IOException {
    unprivileged.own(unfinished);
    Path password = unfinished.resolve("password");
    Files.createFile(password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(password, settings.password());
    Path data = unfinished.resolve("data");
    Program.Result result =
        Program.run(
            unprivileged.command(
                List.of(
                    binaries.program("initdb").toString(),
                    "--pgdata=" + data,
                    "--username=postgres",
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--data-checksums",
                    "--no-instructions")),
            INITDB_LIMIT);
    if (!result.succeeded()) {
      throw new EmbeddedException("PostgreSQL's initdb failed: " + result.output());
    }
    Files.writeString(data.resolve("pg_hba.conf"), HBA);
  }
}
