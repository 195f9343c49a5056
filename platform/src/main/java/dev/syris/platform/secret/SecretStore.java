package dev.syris.platform.secret;

import dev.syris.platform.seal.KeyRing;
import dev.syris.platform.seal.SealingKey;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The reading side. Keeps the keys in memory and no secret; a secret sealed with a key it does not
 * know makes it read the keys again, so that a rotation needs no restart. Thread-safe.
 */
public final class SecretStore implements Secrets {

  private final SecretTable table;
  private final KeySource source;
  private volatile @Nullable KeyRing ring;

  public SecretStore(JdbcClient jdbc, KeySource source) {
    this.table = new SecretTable(jdbc);
    this.source = source;
  }

  /** Whether there are keys at all; without them a reference can't ever be followed. */
  public boolean hasKeys() {
    return !(source instanceof KeySource.None);
  }

  @Override
  public Optional<SecretValue> find(SecretName name) {
    Optional<SecretTable.Row> row = table.find(name);
    if (row.isEmpty()) {
      return Optional.empty();
    }
    Optional<SealingKey> key = keyOf(row.get());
    if (key.isEmpty()) { // sealed anew between the row and the keys
      row = table.find(name);
      key = row.flatMap(this::keyOf);
    }
    if (row.isEmpty()) {
      return Optional.empty();
    }
    String keyId = row.get().keyId();
    return Optional.of(
        open(
            row.get(),
            key.orElseThrow(
                () ->
                    new UnreadableSecretException(
                        "the secret %s was sealed with the key %s, which is not among the keys here"
                            .formatted(name, keyId)))));
  }

  /**
   * Every secret in clear, for looking for them where they must not be.
   *
   * @param unreadable those whose key is not here, or whose row was changed
   */
  public record Opened(Map<SecretName, SecretValue> values, List<SecretName> unreadable) {}

  /** Changes whenever a secret is set, removed or sealed anew; opens none. */
  public String state() {
    return table.state();
  }

  /** All that are set now. */
  public Opened openAll() {
    var values = new TreeMap<SecretName, SecretValue>(Comparator.comparing(SecretName::value));
    var unreadable = new ArrayList<SecretName>();
    for (SecretTable.Row row : table.all()) {
      try {
        keyOf(row)
            .ifPresentOrElse(
                key -> values.put(row.name(), open(row, key)), () -> unreadable.add(row.name()));
      } catch (UnreadableSecretException | UncheckedIOException _) {
        unreadable.add(row.name());
      }
    }
    return new Opened(values, List.copyOf(unreadable));
  }

  private Optional<SealingKey> keyOf(SecretTable.Row row) {
    KeyRing known = ring;
    Optional<SealingKey> key = known == null ? Optional.empty() : known.find(row.keyId());
    if (key.isPresent()) {
      return key;
    }
    KeyRing fresh = source.read();
    ring = fresh;
    return fresh.find(row.keyId());
  }

  static SecretValue open(SecretTable.Row row, SealingKey key) {
    try {
      return new SecretValue(
          new String(key.open(row.sealed(), row.purpose()), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new UnreadableSecretException(
          "the secret %s does not open with its key %s: its row was changed"
              .formatted(row.name(), row.keyId()));
    }
  }
}
