package dev.syris.platform.secret;

/** A secret that is there and can't be opened: its key is not here, or its bytes were changed. */
public final class UnreadableSecretException extends RuntimeException {

  UnreadableSecretException(String message) {
    super(message);
  }
}
