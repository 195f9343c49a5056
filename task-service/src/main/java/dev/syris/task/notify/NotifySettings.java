package dev.syris.task.notify;

import dev.syris.platform.secret.SecretName;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the operator is reached.
 *
 * @param targets by id
 * @param noticesPerMinute operator notices at most, to each target; the rest waits
 * @param maxAttempts how often a notice is sent before it counts as failed
 */
@ConfigurationProperties("syris.notify")
public record NotifySettings(
    @DefaultValue Map<String, Target> targets,
    @DefaultValue("20") int noticesPerMinute,
    @DefaultValue("12") int maxAttempts) {

  private static final String KEY = "syris.notify.";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** What is behind an address. */
  public enum Type {
    /** A topic of an ntfy server. */
    NTFY,
    /** Whatever takes JSON. */
    WEBHOOK
  }

  /**
   * One address.
   *
   * @param url http:// or https://, or {@code secret:connector/key} where the address itself is one
   * @param token sent as a bearer token; {@code secret:connector/key}
   * @param headers more of them; a value may be {@code secret:connector/key}
   * @param honoursIdempotencyKey whether it takes a message once that is sent twice with the same
   *     Idempotency-Key
   */
  public record Target(
      Type type,
      String url,
      @Nullable String token,
      @DefaultValue Map<String, String> headers,
      @DefaultValue("false") boolean honoursIdempotencyKey) {

    public Target {
      headers = Map.copyOf(headers);
    }

    /** Never shows an address or a token. */
    @Override
    public String toString() {
      return "Target[" + type + "]";
    }
  }

  public NotifySettings {
    targets = Map.copyOf(targets);
    targets.forEach(NotifySettings::check);
    atLeastOne("notices-per-minute", noticesPerMinute);
    atLeastOne("max-attempts", maxAttempts);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "%s%s is %d; it must be at least 1".formatted(KEY, name, value));
    }
  }

  private static void check(String id, Target target) {
    String key = KEY + "targets." + id;
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          key + ": an id has from 1 to 64 letters, digits, dots, dashes and underscores");
    }
    if (target.type() == null) {
      throw new IllegalArgumentException(key + ".type is missing; write ntfy or webhook");
    }
    checkUrl(key + ".url", target.url());
    if (target.token() != null && !SecretName.isReference(target.token())) {
      throw new IllegalArgumentException(
          key + ".token is no reference; write secret:connector/key and set that secret");
    }
    checkReference(key + ".token", target.token());
    target.headers().forEach((name, value) -> checkReference(key + ".headers." + name, value));
  }

  private static void checkUrl(String key, @Nullable String url) {
    if (url == null || url.isBlank()) {
      throw new IllegalArgumentException(key + " is missing");
    }
    checkReference(key, url);
    if (!SecretName.isReference(url) && !usable(url)) {
      throw new IllegalArgumentException(
          key + " must begin with http:// or https://, have a host and no credentials");
    }
  }

  private static boolean usable(String url) {
    try {
      var address = new URI(url);
      String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
      return (scheme.equals("http") || scheme.equals("https"))
          && address.getHost() != null
          && address.getRawUserInfo() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** A value may be a secret, so the message does not repeat it. */
  private static void checkReference(String key, @Nullable String value) {
    if (value != null && SecretName.isReference(value) && SecretName.ofReference(value).isEmpty()) {
      throw new IllegalArgumentException(key + " is no reference; write secret:connector/key");
    }
  }
}
