package dev.syris.embedded;

import static dev.syris.embedded.PostgresFixture.ask;
import static dev.syris.embedded.PostgresFixture.run;
import static dev.syris.embedded.PostgresFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {

  @TempDir private Path folder;

  @Test
  void shouldKeepWhatIsCommittedAndCheckWhatItReads() throws Exception {
    // Given
    try (var postgres = EmbeddedPostgres.startOrAttach(settings(folder))) {
      // When / Then
      assertThat(ask(postgres, "show fsync")).isEqualTo("on");
      assertThat(ask(postgres, "show synchronous_commit")).isEqualTo("on");
      assertThat(ask(postgres, "show data_checksums")).isEqualTo("on");
      assertThat(ask(postgres, "show server_encoding")).isEqualTo("UTF8");
      assertThat(ask(postgres, "show server_version")).startsWith("18.");
      assertThat(ask(postgres, "select datlocprovider from pg_database where datname = 'postgres'"))
          .isEqualTo("b");
    }
  }

  @Test
  void shouldBeClosedToStrangers() throws Exception {
    // Given
    try (var postgres = EmbeddedPostgres.startOrAttach(settings(folder))) {
      String url = postgres.jdbcUrl("postgres");
      // When / Then
      assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", "guess"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", ""))
          .isInstanceOf(SQLException.class);
      assertThat(ask(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(ask(postgres, "show unix_socket_directories")).isEmpty();
      assertThat(
              ask(
                  postgres,
                  "select rolpassword like 'SCRAM-SHA-256$%' from pg_authid where rolname = 'postgres'"))
          .isEqualTo("t");
    }
  }

  @Test
  void shouldFindEverythingWhenStartedAgain() throws Exception {
    // Given
    try (var postgres = EmbeddedPostgres.startOrAttach(settings(folder))) {
      run(postgres, "create table kept (id int)", "insert into kept values (7)");
    }
    // When
    try (var postgres = EmbeddedPostgres.startOrAttach(settings(folder))) {
      // Then
      assertThat(ask(postgres, "select id from kept")).isEqualTo("7");
    }
  }

  @Test
  void shouldMakeADatabaseOnce() throws Exception {
    // Given
    try (var postgres = EmbeddedPostgres.startOrAttach(settings(folder))) {
      // When
      postgres.createDatabaseIfMissing("syris");
      postgres.createDatabaseIfMissing("syris");
      // Then
      assertThat(ask(postgres, "select count(*) from pg_database where datname = 'syris'"))
          .isEqualTo("1");
      assertThatThrownBy(() -> postgres.createDatabaseIfMissing("x; drop table y"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void shouldRefuseASecondOwner() {
    // Given
    try (var _ = EmbeddedPostgres.startOrAttach(settings(folder))) {
      // When / Then
      assertThatThrownBy(() -> EmbeddedPostgres.startOrAttach(settings(folder)))
          .isInstanceOf(EmbeddedException.class)
          .hasMessage("the folder %s of PostgreSQL is in use by another instance", folder);
    }
  }

  @Test
  void shouldNameThePortWhenItIsTaken() {
    // Given
    var settings = settings(folder.resolve("one"));
    try (var _ = EmbeddedPostgres.startOrAttach(settings)) {
      // When / Then
      assertThatThrownBy(
              () ->
                  EmbeddedPostgres.startOrAttach(settings(folder.resolve("two"), settings.port())))
          .isInstanceOf(EmbeddedException.class)
          .hasMessageContaining("port " + settings.port() + " for PostgreSQL is taken");
    }
  }

  @Test
  void shouldNotTouchTheDataOfAnotherVersion() throws Exception {
    // Given
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/PG_VERSION"), "17\n");
    // When / Then
    assertThatThrownBy(() -> EmbeddedPostgres.startOrAttach(settings(folder)))
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining("was written by PostgreSQL 17, this program brings 18");
  }

  @Test
  void shouldSayWhatTheServerSaidWhenItDoesNotStart() throws Exception {
    // Given
    try (var _ = EmbeddedPostgres.startOrAttach(settings(folder))) {
      Files.writeString(folder.resolve("data/postgresql.auto.conf"), "shared_buffers = 'plenty'\n");
    }
    // When / Then
    assertThatThrownBy(() -> EmbeddedPostgres.startOrAttach(settings(folder)))
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining("shared_buffers");
  }
}
