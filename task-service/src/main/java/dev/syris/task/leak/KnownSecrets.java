package dev.syris.task.leak;

import dev.syris.platform.secret.SecretName;
import dev.syris.platform.secret.SecretStore;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secrets of the vault, ready to be looked for. They are opened again only when one of them has
 * changed. Thread-safe; never shows a value.
 */
final class KnownSecrets {

  private static final Logger LOG = LoggerFactory.getLogger(KnownSecrets.class);

  private final SecretStore store;

  private volatile @Nullable LeakSearch search;
  private @Nullable String state;
  private List<SecretName> unreadable = List.of();

  KnownSecrets(SecretStore store) {
    this.store = store;
  }

  /** As they were at the last look; null before the first. */
  @Nullable LeakSearch search() {
    return search;
  }

  /**
   * Looks whether any has changed. Those that don't open are tried again at every look.
   *
   * @throws org.springframework.dao.DataAccessException while the database is away
   */
  synchronized void refresh() {
    String now = store.state();
    if (now.equals(state) && unreadable.isEmpty()) {
      return;
    }
    SecretStore.Opened opened = store.openAll();
    if (!opened.unreadable().isEmpty() && !opened.unreadable().equals(unreadable)) {
      LOG.warn("leaks of the secrets {} can't be seen: they don't open", opened.unreadable());
    }
    search = LeakSearch.of(opened.values());
    unreadable = opened.unreadable();
    state = now;
  }

  @Override
  public String toString() {
    return "KnownSecrets[" + search + "]";
  }
}
