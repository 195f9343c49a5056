package dev.syris.ingest.webhook;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a {@code secret} written out in the configuration stands for. */
final class WrittenSecret {

  private static final Pattern PLACEHOLDER_FORM = Pattern.compile("\\$\\{[A-Za-z0-9._-]{1,128}}");

  private WrittenSecret() {}

  /**
   * The secret itself.
   *
   * @param key where it is written, for the message
   * @throws IllegalStateException where it cannot be had: a door whose key is unknown must not open
   */
  static String resolve(String key, String configured) {
    if (configured.contains("${")) {
      Matcher placeholder = PLACEHOLDER_FORM.matcher(configured);
      String named = placeholder.find() ? placeholder.group() : "a placeholder";
      throw new IllegalStateException(
          "%s holds %s, which has no value; set that environment variable".formatted(key, named));
    }
    return configured;
  }
}
