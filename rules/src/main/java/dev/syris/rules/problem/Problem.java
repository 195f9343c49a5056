package dev.syris.rules.problem;

import dev.syris.contracts.json.StorableText;

/**
 * One thing wrong with a condition or a template. Bounded and fit to keep, whatever was sent.
 *
 * @param pointer JSON pointer (RFC 6901) to the place; empty for the whole
 * @param message begins where the pointer ends: what is wrong, with which value, and what would be
 *     right
 */
public record Problem(String pointer, String message) {

  private static final int MAX_LENGTH = 512;

  public Problem {
    pointer = StorableText.shown(pointer, MAX_LENGTH);
    message = StorableText.shown(message, MAX_LENGTH);
  }

  /**
   * The same problem seen from the document that holds the condition or template, such as {@code
   * /steps/3/args}.
   */
  public Problem under(String prefix) {
    return new Problem(prefix + pointer, message);
  }
}
