package dev.syris.ingest.idempotency;

import java.util.regex.Pattern;

/** What a client chose to name a request: 1 to 255 visible ASCII characters, no blanks. */
public record IdempotencyKey(String value) {

  public static final String HEADER = "Idempotency-Key";

  private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");

  public IdempotencyKey {
    if (!valid(value)) {
      throw new IllegalArgumentException(
          "an idempotency key has 1 to 255 visible ASCII characters and no blanks");
    }
  }

  public static boolean valid(String value) {
    return FORM.matcher(value).matches();
  }
}
