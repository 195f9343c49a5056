package dev.syris.platform.secret;

import dev.syris.contracts.id.Uuids;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.seal.KeyRing;
import dev.syris.platform.seal.SealingKey;
import dev.syris.platform.time.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The writing side, for the operator at the command line. Every change and its audit are one
 * transaction; writers and rotations wait for each other, readers never do.
 *
 * <p>A rotation has three steps, each committed before the next: the new key goes to the front of
 * the file, every secret is sealed anew, the old keys leave the file. Whatever is killed in
 * between, all secrets open with the keys in the file, and the next rotation finishes this one.
 */
public final class SecretVault {

  /** UTF-8 bytes of a secret at most. */
  public static final int MAX_BYTES = 65_536;

  private final SecretTable table;
  private final TransactionTemplate transaction;
  private final KeySource source;
  private final Outbox outbox;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param owner a connection as the owner of the schemas
   * @param outboxSchema whose relay takes the audit along
   */
  public SecretVault(DataSource owner, KeySource source, String outboxSchema, InstantSource clock) {
    JdbcClient jdbc = JdbcClient.create(owner);
    this.table = new SecretTable(jdbc);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(owner));
    this.source = source;
    this.outbox = new Outbox(jdbc, outboxSchema, new Signal());
    this.clock = clock;
  }

  /** What may be shown of a secret. */
  public record Listed(SecretName name, Instant setAt, String keyId) {}

  /**
   * What a rotation did.
   *
   * @param keyId of the key that seals now
   * @param resealed secrets that carried another
   */
  public record Rotation(String keyId, int resealed) {}

  /**
   * Sets a secret, or puts a new value in place of the old.
   *
   * @throws IllegalArgumentException where the value is empty or too long
   */
  public void set(SecretName name, SecretValue value) {
    byte[] clear = value.reveal().getBytes(StandardCharsets.UTF_8);
    if (clear.length == 0 || clear.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a secret has from 1 to %d bytes; this one has %d".formatted(MAX_BYTES, clear.length));
    }
    locked(
        now -> {
          SealingKey key = source.read().current();
          table.put(name, key.id(), key.seal(clear, SecretTable.Row.purpose(name)), now);
          outbox.append(List.of(SecretAudit.set(name, key.id(), newId(now), newId(now), now)));
          return name;
        });
  }

  /** False where it was not set. */
  public boolean remove(SecretName name) {
    return locked(
        now -> {
          boolean removed = table.remove(name);
          if (removed) {
            outbox.append(List.of(SecretAudit.removed(name, newId(now), newId(now), now)));
          }
          return removed;
        });
  }

  /** All by name, without their values. */
  public List<Listed> list() {
    return table.all().stream()
        .map(row -> new Listed(row.name(), row.setAt(), row.keyId()))
        .toList();
  }

  /**
   * Makes a new key and seals everything with it; where an earlier rotation did not get to its end,
   * finishes that one. Keys from the environment are never written: their first is the new one.
   *
   * @throws UnreadableSecretException where a secret does not open; then nothing is changed
   */
  public Rotation rotate() {
    addKey();
    Rotation rotation = reseal();
    dropOldKeys();
    return rotation;
  }

  void addKey() {
    if (source instanceof KeySource.InFile file) {
      locked(
          _ -> {
            KeyRing ring = file.read();
            if (!ring.rotating()) {
              write(file, ring.withNew(SealingKey.random()));
            }
            return file;
          });
    }
  }

  Rotation reseal() {
    return locked(
        now -> {
          KeyRing ring = source.read();
          SealingKey current = ring.current();
          List<SecretTable.Row> others =
              table.all().stream().filter(row -> !row.keyId().equals(current.id())).toList();
          for (SecretTable.Row row : others) {
            byte[] clear = open(row, ring).reveal().getBytes(StandardCharsets.UTF_8);
            table.reseal(row.name(), current.id(), current.seal(clear, row.purpose()));
          }
          outbox.append(
              List.of(
                  SecretAudit.rotated(current.id(), others.size(), newId(now), newId(now), now)));
          return new Rotation(current.id(), others.size());
        });
  }

  void dropOldKeys() {
    if (source instanceof KeySource.InFile file) {
      locked(
          _ -> {
            KeyRing ring = file.read();
            boolean done =
                table.all().stream().allMatch(row -> row.keyId().equals(ring.current().id()));
            if (ring.rotating() && done) {
              write(file, ring.onlyCurrent());
            }
            return file;
          });
    }
  }

  private static SecretValue open(SecretTable.Row row, KeyRing ring) {
    return SecretStore.open(
        row,
        ring.find(row.keyId())
            .orElseThrow(
                () ->
                    new UnreadableSecretException(
                        "the secret %s was sealed with the key %s, which is not here; add that key behind the current one, or set the secret again"
                            .formatted(row.name(), row.keyId()))));
  }

  private static void write(KeySource.InFile file, KeyRing ring) {
    try {
      file.write(ring);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the key file %s can't be written: %s".formatted(file.file(), e.getMessage()), e);
    }
  }

  private <T> T locked(Function<Instant, T> work) {
    return transaction.execute(
        _ -> {
          table.lock();
          return work.apply(clock.instant());
        });
  }

  private UUID newId(Instant now) {
    return Uuids.version7(now.toEpochMilli(), random.nextLong(), random.nextLong());
  }
}
