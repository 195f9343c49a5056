package dev.syris.platform.secret;

import java.util.Optional;

/** Where secrets are looked up, at the moment of use. Thread-safe. */
@FunctionalInterface
public interface Secrets {

  /**
   * The secret as it is now; empty where it is not set.
   *
   * @throws UnreadableSecretException where it is set and can't be opened
   * @throws org.springframework.dao.DataAccessException while the database is away
   */
  Optional<SecretValue> find(SecretName name);
}
