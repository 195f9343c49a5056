package dev.syris.platform.secret;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a secret is called: {@code connector/key}. */
public record SecretName(String value) {

  private static final String CONFIGURED = "secret:";
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}/[A-Za-z0-9._-]{1,64}");

  /**
   * @throws IllegalArgumentException where it is none; the message does not repeat it, because a
   *     secret may have been written in its place
   */
  public SecretName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a secret's name is connector/key, each of at most 64 letters, digits, dots, dashes and"
              + " underscores");
    }
  }

  public static Optional<SecretName> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new SecretName(text)) : Optional.empty();
  }

  /** Whether a text of the configuration means a secret of the store, well-formed or not. */
  public static boolean isReference(String configured) {
    return configured.startsWith(CONFIGURED);
  }

  /** The name in {@code secret:connector/key}; empty where it is malformed. */
  public static Optional<SecretName> ofReference(String configured) {
    return isReference(configured)
        ? parse(configured.substring(CONFIGURED.length()))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
