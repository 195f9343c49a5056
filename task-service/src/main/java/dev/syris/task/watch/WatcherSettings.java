package dev.syris.task.watch;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Watchers the operator wants, by id: {@code syris.watchers.<id>}.
 *
 * @param watchers by id
 */
@ConfigurationProperties("syris")
record WatcherSettings(@DefaultValue Map<String, Wanted> watchers) {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Set<String> TAKEN = Set.of("heartbeat", "system");

  /** The kinds there are. */
  enum Type {
    HTTP,
    SILENCE
  }

  /**
   * One watcher.
   *
   * @param interval how often it looks
   * @param timeout how long one look may take
   * @param throttle how long after an event of its own the next may follow
   * @param url of type http: the address it asks for
   * @param jsonPointer of type http: the value in the answer that is watched (RFC 6901)
   * @param connector of type silence: the one that usually speaks
   * @param quietAfter of type silence: how long it may say nothing
   */
  record Wanted(
      Type type,
      @DefaultValue("60s") Duration interval,
      @DefaultValue("10s") Duration timeout,
      @DefaultValue("0s") Duration throttle,
      @Nullable URI url,
      @Nullable String jsonPointer,
      @Nullable String connector,
      @Nullable Duration quietAfter) {

    private void check(String key) {
      if (type == null) {
        throw new IllegalArgumentException(key + ".type is missing; write http or silence");
      }
      if (interval.toSeconds() < 1) {
        throw new IllegalArgumentException(
            "%s.interval is %s; it must be at least 1s".formatted(key, interval));
      }
      if (timeout.toMillis() < 1) {
        throw new IllegalArgumentException(
            "%s.timeout is %s; it must be at least 1ms".formatted(key, timeout));
      }
      switch (type) {
        case HTTP -> checkHttp(key);
        case SILENCE -> checkSilence(key);
      }
    }

    private void checkHttp(String key) {
      boolean usable =
          url != null
              && url.getHost() != null
              && url.getRawUserInfo() == null
              && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
      if (!usable) {
        throw new IllegalArgumentException(
            key + ".url must begin with http:// or https://, have a host and no credentials");
      }
      if (jsonPointer != null && !jsonPointer.startsWith("/")) {
        throw new IllegalArgumentException(
            "%s.json-pointer is %s; it must be such as /status".formatted(key, jsonPointer));
      }
    }

    private void checkSilence(String key) {
      if (connector == null || connector.isBlank()) {
        throw new IllegalArgumentException(key + ".connector is missing");
      }
      if (quietAfter == null || !quietAfter.isPositive()) {
        throw new IllegalArgumentException(key + ".quiet-after is missing; write such as 1h");
      }
    }
  }

  WatcherSettings {
    watchers = Map.copyOf(watchers);
    watchers.forEach(
        (id, wanted) -> {
          String key = "syris.watchers." + id;
          if (!ID.matcher(id).matches() || TAKEN.contains(id)) {
            throw new IllegalArgumentException(
                key
                    + ": an id has from 1 to 64 letters, digits, dots, dashes and underscores, and is"
                    + " not heartbeat or system");
          }
          wanted.check(key);
        });
  }
}
