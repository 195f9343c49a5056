package dev.syris.embedded;

import java.nio.file.Path;

/**
 * Where the embedded database lives.
 *
 * @param folder the cluster, its log and its lock are in here; made if missing
 * @param cacheFolder where the programs are unpacked, once per version; may be shared by many
 *     folders
 * @param port it listens on, on loopback
 * @param password of the superuser {@code postgres}; holds from the first start on
 */
public record EmbeddedPostgresSettings(Path folder, Path cacheFolder, int port, String password) {

  public EmbeddedPostgresSettings {
    folder = folder.toAbsolutePath().normalize();
    cacheFolder = cacheFolder.toAbsolutePath().normalize();
    if (password.isEmpty() || password.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the superuser's password is empty or holds control characters");
    }
  }

  /**
   * Where programs keep what they can make again: {@code $XDG_CACHE_HOME/syris}, else {@code
   * ~/.cache/syris}.
   */
  public static Path usualCacheFolder() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path parent =
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return parent.resolve("syris");
  }

  Path data() {
    return folder.resolve("data");
  }

  Path log() {
    return folder.resolve("log");
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return "EmbeddedPostgresSettings[folder=%s, cacheFolder=%s, port=%d]"
        .formatted(folder, cacheFolder, port);
  }
}
