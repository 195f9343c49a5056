package dev.syris.platform.secret;

import dev.syris.platform.seal.KeyRing;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the keys of secrets are; without either, nothing can refer to a secret.
 *
 * @param key 32 random bytes as base64; while it is rotated the new one first, then the old,
 *     separated by a comma
 * @param keyFile a file with the same, one a line, in place of {@code key}
 */
@ConfigurationProperties("syris.secrets")
public record SecretSettings(@Nullable String key, @Nullable Path keyFile) {

  public KeySource source() {
    if (key != null && !key.isBlank()) {
      return new KeySource.Given(KeyRing.parse("syris.secrets.key", key));
    }
    return keyFile == null ? new KeySource.None() : new KeySource.InFile(keyFile);
  }

  /** Never shows the key. */
  @Override
  public String toString() {
    return "SecretSettings[keyFile=%s]".formatted(keyFile);
  }
}
