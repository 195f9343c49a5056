package dev.syris.ingest.webhook;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a {@code secret} in the configuration stands for. */
final class Secrets {

  private static final String REFERENCE = "secret:";
  private static final Pattern REFERENCE_FORM =
      Pattern.compile("secret:[A-Za-z0-9._-]+/[A-Za-z0-9._-]+");
  private static final Pattern PLACEHOLDER_FORM = Pattern.compile("\\$\\{[A-Za-z0-9._-]{1,128}}");

  private Secrets() {}

  /**
   * The secret itself.
   *
   * @param key where it is written, for the message
   * @throws IllegalStateException where it cannot be had: a door whose key is unknown must not open
   */
  static String resolve(String key, String configured) {
    if (configured.startsWith(REFERENCE)) {
      String named =
          REFERENCE_FORM.matcher(configured).matches() ? "\"" + configured + "\"" : "a secret";
      throw new IllegalStateException(
          "%s refers to %s, and there is no secret store to look it up in; use ${AN_ENVIRONMENT_VARIABLE} instead"
              .formatted(key, named));
    }
    if (configured.contains("${")) {
      Matcher placeholder = PLACEHOLDER_FORM.matcher(configured);
      String named = placeholder.find() ? placeholder.group() : "a placeholder";
      throw new IllegalStateException(
          "%s holds %s, which has no value; set that environment variable".formatted(key, named));
    }
    return configured;
  }
}
