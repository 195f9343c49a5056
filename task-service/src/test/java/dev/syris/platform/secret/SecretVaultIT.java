package dev.syris.platform.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.platform.seal.KeyRing;
import dev.syris.platform.seal.SealingKey;
import dev.syris.task.support.Database;
import dev.syris.task.support.ManualClock;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** In this module because the test kit needs the platform. */
@WithBackends
class SecretVaultIT {

  private static final SecretName NAME = new SecretName("shop/hook");
  private static final SecretName OTHER = new SecretName("ha/token");

  private final TestDatabase test = TestBackends.freshDatabase();
  private final HikariDataSource owner = test.owner().dataSource("owner");
  private final Database task = new Database(test.as("syris_task"));

  @TempDir private Path folder;
  private KeySource.InFile file = new KeySource.InFile(Path.of("none"));
  private SecretStore store = new SecretStore(task.jdbc, file);

  @BeforeEach
  void makeKey() throws IOException {
    file = KeySource.InFile.loadOrCreate(folder.resolve("secrets.key"));
    store = new SecretStore(task.jdbc, file);
  }

  @AfterEach
  void close() {
    owner.close();
    task.close();
  }

  private SecretVault vault(KeySource source) {
    return new SecretVault(
        owner, source, "task", new ManualClock(Instant.parse("2026-11-24T12:00:00Z")));
  }

  private String found(SecretName name) {
    return store.find(name).orElseThrow().reveal();
  }

  @Test
  void shouldKeepASecretAndNothingOfItInClear() throws IOException {
    // When
    vault(file).set(NAME, new SecretValue("hunter2 ✓"));
    // Then
    assertThat(found(NAME)).isEqualTo("hunter2 ✓");
    assertThat(store.find(OTHER)).isEmpty();
    String row =
        task.jdbc
            .sql("select encode(sealed, 'escape') || key_id from secret.secret")
            .query(String.class)
            .single();
    assertThat(row).doesNotContain("hunter2");
    assertThat(Files.getPosixFilePermissions(file.file()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void shouldListNamesAndTimesAndNoValues() {
    // Given
    SecretVault vault = vault(file);
    vault.set(NAME, new SecretValue("hunter2"));
    vault.set(OTHER, new SecretValue("hunter3"));
    // When
    List<SecretVault.Listed> listed = vault.list();
    // Then
    assertThat(listed).extracting(SecretVault.Listed::name).containsExactly(OTHER, NAME);
    assertThat(listed.toString()).doesNotContain("hunter");
  }

  @Test
  void shouldTellTheTrailWhatWasDoneAndNotTheValue() {
    // Given
    SecretVault vault = vault(file);
    // When
    vault.set(NAME, new SecretValue("hunter2"));
    vault.rotate();
    boolean removed = vault.remove(NAME);
    boolean again = vault.remove(NAME);
    // Then
    assertThat(removed).isTrue();
    assertThat(again).isFalse();
    assertThat(task.audits("operator.action.secret_set")).hasSize(1);
    assertThat(task.audits("operator.action.secret_rotate")).hasSize(1);
    List<AuditEvent> removals = task.audits("operator.action.secret_remove");
    assertThat(removals).hasSize(1);
    assertThat(removals.getFirst().actor().type()).isEqualTo("operator");
    assertThat(removals.getFirst().refs().get("secret")).isEqualTo("shop/hook");
    String outbox =
        task.jdbc
            .sql("select string_agg(encode(packed, 'escape'), ' ') from task.outbox")
            .query(String.class)
            .single();
    assertThat(outbox).doesNotContain("hunter2");
  }

  @Test
  void shouldNotOpenAChangedRowAnotherNameOrWithAnotherKey() {
    // Given
    vault(file).set(NAME, new SecretValue("hunter2"));
    var other = new SecretStore(task.jdbc, new KeySource.Given(KeyRing.of(SealingKey.random())));
    // When / Then
    assertThatThrownBy(() -> other.find(NAME))
        .isInstanceOf(UnreadableSecretException.class)
        .hasMessageContaining("shop/hook")
        .hasMessageContaining("not among the keys");
    asOwner(
        "insert into secret.secret select 'ha/token', key_id, sealed, set_at from secret.secret");
    assertThatThrownBy(() -> store.find(OTHER))
        .isInstanceOf(UnreadableSecretException.class)
        .hasMessageContaining("its row was changed");
    asOwner("update secret.secret set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1)");
    assertThatThrownBy(() -> store.find(NAME)).isInstanceOf(UnreadableSecretException.class);
  }

  /** Where the process that rotates is killed. */
  private enum Crash {
    BEFORE_THE_KEY,
    AFTER_THE_KEY,
    BEFORE_THE_COMMIT,
    AFTER_THE_COMMIT,
    AFTER_THE_END
  }

  @ParameterizedTest
  @EnumSource
  void shouldSurviveACrashOfARotationAtEveryStep(Crash crash) throws IOException {
    // Given
    vault(file).set(NAME, new SecretValue("hunter2"));
    vault(file).set(OTHER, new SecretValue("hunter3"));
    String before = file.read().current().id();
    rotateUpTo(crash);
    // When: everything opens in between, for one who knew the old keys and for one who did not
    assertThat(found(NAME)).isEqualTo("hunter2");
    assertThat(new SecretStore(task.jdbc, file).find(OTHER).orElseThrow().reveal())
        .isEqualTo("hunter3");
    vault(file).rotate();
    // Then
    KeyRing after = file.read();
    assertThat(after.rotating()).isFalse();
    assertThat(after.current().id()).isNotEqualTo(before);
    assertThat(vault(file).list())
        .extracting(SecretVault.Listed::keyId)
        .containsOnly(after.current().id());
    assertThat(found(NAME)).isEqualTo("hunter2");
    assertThat(found(OTHER)).isEqualTo("hunter3");
  }

  private void rotateUpTo(Crash crash) {
    SecretVault vault = vault(file);
    switch (crash) {
      case BEFORE_THE_KEY -> {}
      case AFTER_THE_KEY -> vault.addKey();
      case BEFORE_THE_COMMIT -> {
        vault.addKey();
        asOwner("alter table task.outbox rename to hidden");
        assertThatThrownBy(vault::reseal).isInstanceOf(DataAccessException.class);
        asOwner("alter table task.hidden rename to outbox");
      }
      case AFTER_THE_COMMIT -> {
        vault.addKey();
        vault.reseal();
      }
      case AFTER_THE_END -> vault.rotate();
    }
  }

  @Test
  void shouldSealAnewWithTheFirstKeyOfTheEnvironment() {
    // Given
    KeyRing old = KeyRing.of(SealingKey.random());
    vault(new KeySource.Given(old)).set(NAME, new SecretValue("hunter2"));
    KeyRing both = old.withNew(SealingKey.random());
    // When
    SecretVault.Rotation rotation = vault(new KeySource.Given(both)).rotate();
    // Then
    assertThat(rotation).isEqualTo(new SecretVault.Rotation(both.current().id(), 1));
    var onlyNew = new SecretStore(task.jdbc, new KeySource.Given(both.onlyCurrent()));
    assertThat(onlyNew.find(NAME).orElseThrow().reveal()).isEqualTo("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"syris_task", "syris_ingest", "syris_gateway", "syris_ledger"})
  void shouldLetNoServiceWriteAndOnlyThoseThatUseSecretsRead(String role) {
    // Given
    boolean reads = role.equals("syris_task") || role.equals("syris_ingest");
    try (var service = new Database(test.as(role))) {
      // When / Then
      if (reads) {
        assertThat(service.count("select count(*) from secret.secret")).isZero();
      } else {
        assertThatThrownBy(() -> service.count("select count(*) from secret.secret"))
            .isInstanceOf(DataAccessException.class);
      }
      assertThatThrownBy(() -> service.jdbc.sql("delete from secret.secret").update())
          .isInstanceOf(DataAccessException.class);
      assertThatThrownBy(() -> service.jdbc.sql("update secret.secret set name = 'a/b'").update())
          .isInstanceOf(DataAccessException.class);
    }
  }

  @Test
  void shouldRefuseAnEmptyValueAndOneThatIsTooLong() {
    SecretVault vault = vault(file);
    assertThatThrownBy(() -> vault.set(NAME, new SecretValue("")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> vault.set(NAME, new SecretValue("x".repeat(65_537))))
        .hasMessage("a secret has from 1 to 65536 bytes; this one has 65537");
  }

  private void asOwner(String sql) {
    JdbcClient.create(owner).sql(sql).update();
  }
}
