package dev.syris.platform.secret;

/** A secret in clear. Never shows itself: {@link #reveal} is the one way to it. */
public final class SecretValue {

  /** What stands where a secret was. */
  public static final String HIDDEN = "***";

  private final String text;

  public SecretValue(String text) {
    this.text = text;
  }

  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return HIDDEN;
  }
}
