package dev.syris.embedded;

import static dev.syris.embedded.PostgresFixture.ask;
import static dev.syris.embedded.PostgresFixture.run;
import static dev.syris.embedded.PostgresFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which somebody can be killed between two lines. */
class PostgresAfterACrashIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void shouldGoOnWithTheServerWhenItsOwnerWasKilled() throws Exception {
    // Given
    int port = FreePorts.find(1).getFirst();
    Process owner = ChildJvm.start("postgres", folder, port);
    ChildJvm.awaitReady(owner);
    long server = PostmasterFile.read(folder.resolve("data")).orElseThrow().pid();
    // When
    ChildJvm.kill(owner);
    int found = EmbeddedPostgres.runningPort(folder).orElseThrow();
    try (var postgres = EmbeddedPostgres.startOrAttach(settings(folder, found))) {
      // Then
      assertThat(PostmasterFile.running(folder.resolve("data")))
          .map(PostmasterFile::pid)
          .contains(server);
      assertThat(ask(postgres, "select count(*) from kept")).isEqualTo("1");
    }
    await().atMost(PATIENCE).until(() -> ProcessHandle.of(server).isEmpty());
    assertThat(EmbeddedPostgres.runningPort(folder)).isEmpty();
  }

  @Test
  void shouldReplaceTheServerWhenItRunsOnAnotherPort() throws Exception {
    // Given
    Process owner = ChildJvm.start("postgres", folder, FreePorts.find(1).getFirst());
    ChildJvm.awaitReady(owner);
    ChildJvm.kill(owner);
    var settings = settings(folder);
    // When
    try (var postgres = EmbeddedPostgres.startOrAttach(settings)) {
      // Then
      assertThat(ask(postgres, "show port")).isEqualTo(Integer.toString(settings.port()));
      assertThat(ask(postgres, "select count(*) from kept")).isEqualTo("1");
    }
  }

  @Test
  void shouldRecoverWhenTheServerItselfWasKilled() throws Exception {
    // Given
    try (var postgres = EmbeddedPostgres.startOrAttach(settings(folder))) {
      run(postgres, "create table kept (id int)", "insert into kept values (7)");
      kill(folder);
      await().atMost(PATIENCE).until(() -> !postgres.isAlive());
      // When
      postgres.restart();
      // Then
      assertThat(postgres.isAlive()).isTrue();
      assertThat(ask(postgres, "select id from kept")).isEqualTo("7");
    }
  }

  @Test
  void shouldRecoverWhenOwnerAndServerWereKilled() throws Exception {
    // Given
    Process owner = ChildJvm.start("postgres", folder, FreePorts.find(1).getFirst());
    ChildJvm.awaitReady(owner);
    kill(folder);
    ChildJvm.kill(owner);
    // When
    try (var postgres = EmbeddedPostgres.startOrAttach(settings(folder))) {
      // Then
      assertThat(ask(postgres, "select count(*) from kept")).isEqualTo("1");
    }
  }

  @Test
  void shouldStartWhenTheServersFileNamesAnotherProcessByNow() throws Exception {
    // Given
    try (var postgres = EmbeddedPostgres.startOrAttach(settings(folder))) {
      run(postgres, "create table kept (id int)");
    }
    Files.writeString(
        PostmasterFile.path(folder.resolve("data")),
        "%d\n%s\n1\n5432\n\n127.0.0.1\n 1 1\nready\n"
            .formatted(
                ProcessHandle.current().parent().orElseThrow().pid(), folder.resolve("data")));
    // When
    try (var postgres = EmbeddedPostgres.startOrAttach(settings(folder))) {
      // Then
      assertThat(ask(postgres, "select count(*) from kept")).isEqualTo("0");
    }
  }

  @Test
  void shouldStartOverWhenTheFirstStartWasKilled() throws Exception {
    // Given
    Process owner = ChildJvm.start("postgres", folder, FreePorts.find(1).getFirst());
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !unfinished().isEmpty());
    ChildJvm.kill(owner);
    assertThat(folder.resolve("data")).doesNotExist();
    // When
    try (var postgres = EmbeddedPostgres.startOrAttach(settings(folder))) {
      // Then
      assertThat(ask(postgres, "select 1")).isEqualTo("1");
    }
    try (var _ = EmbeddedPostgres.startOrAttach(settings(folder))) {
      assertThat(unfinished()).isEmpty();
    }
  }

  private List<Path> unfinished() throws Exception {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith("unfinished-")).toList();
    }
  }

  @Test
  void shouldUnpackAgainWhenTheCacheWasLeftDamaged() throws Exception {
    // Given
    Path cache = folder.resolve("cache");
    PostgresBinaries binaries = PostgresBinaries.unpack(cache);
    Files.write(binaries.program("postgres"), new byte[0]);
    // When
    PostgresBinaries again = PostgresBinaries.unpack(cache);
    // Then
    var result = Program.run(List.of(again.program("postgres").toString(), "--version"), PATIENCE);
    assertThat(result.output()).contains("PostgreSQL) 18.");
  }

  @Test
  void shouldUnpackOnceWhenTwoProcessesStartAtOnce() throws Exception {
    // Given
    Path cache = folder.resolve("cache");
    // When
    List<Process> both = List.of(ChildJvm.start("unpack", cache), ChildJvm.start("unpack", cache));
    for (Process process : both) {
      ChildJvm.awaitReady(process);
      ChildJvm.kill(process);
    }
    // Then
    try (var entries = Files.list(cache)) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "lock", PostgresBinaries.unpack(cache).folder().getFileName().toString());
    }
  }

  @Test
  void shouldRunAsNobodyWhenRootMayNotMakeNamespaces() throws Exception {
    // Given
    Assumptions.assumeTrue(
        Unprivileged.ways().contains(Unprivileged.NOBODY_USER), "only root needs this");
    try (var postgres = EmbeddedPostgres.startOrAttach(settings(folder))) {
      run(postgres, "create table kept (id int)");
    }
    // When
    try (var postgres =
        EmbeddedPostgres.startOrAttach(settings(folder), List.of(Unprivileged.NOBODY_USER))) {
      // Then
      run(postgres, "insert into kept values (7)");
      assertThat(Files.getAttribute(folder.resolve("data/base"), "unix:uid")).isNotEqualTo(0);
    }
    try (var postgres = EmbeddedPostgres.startOrAttach(settings(folder))) {
      assertThat(ask(postgres, "select id from kept")).isEqualTo("7");
    }
  }

  private static void kill(Path folder) {
    long pid = PostmasterFile.running(folder.resolve("data")).orElseThrow().pid();
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }
}
