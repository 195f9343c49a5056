package dev.syris.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data folder of a server: made once, whole or not at all. */
final class Cluster {

  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
  private static final String UNFINISHED = "unfinished-";
  private static final Duration INITDB_LIMIT = Duration.ofMinutes(2);
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
      removeUnfinished();
      Files.createDirectories(settings.log());
      if (Files.exists(settings.data())) {
        checkVersion();
      } else {
        // A name of its own: the initdb of a killed start may still be at work in the old one.
        Path unfinished = Files.createTempDirectory(settings.folder(), UNFINISHED);
        initialize(unfinished);
        FileTree.publish(unfinished.resolve("data"), settings.data());
        removeUnfinished();
      }
      if (PostmasterFile.running(settings.data()).isEmpty()) {
        unprivileged.own(settings.data());
        unprivileged.own(settings.log());
      }
    } catch (IOException e) {
      throw new EmbeddedException(
          "PostgreSQL's folder %s can't be used: %s".formatted(settings.folder(), e), e);
    }
  }

  /** As well as it goes; what somebody still writes to goes next time. */
  private void removeUnfinished() throws IOException {
    List<Path> leftovers;
    try (var files = Files.list(settings.folder())) {
      leftovers =
          files.filter(file -> file.getFileName().toString().startsWith(UNFINISHED)).toList();
    }
    for (Path leftover : leftovers) {
      try {
        FileTree.delete(leftover);
      } catch (IOException e) {
        LOG.info("{} stays until the next start: {}", leftover, e.toString());
      }
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
    Files.createFile(
        password,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
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
  }
}
