package dev.syris.gateway.idempotency;

/**
 * An answer as it goes out.
 *
 * @param body JSON
 * @param fresh false for one that was given before and is given again
 */
public record Answer(int status, byte[] body, boolean fresh) {

  public Answer(int status, byte[] body) {
    this(status, body, true);
  }
}
