package dev.syris.contracts.event;

/**
 * One thing wrong with what a producer sent.
 *
 * @param code dotted and stable, such as {@code field.required}
 * @param pointer JSON pointer (RFC 6901) to the place; empty for the whole document
 * @param message a sentence: what was wrong, with which value, and what would be right
 */
public record RawEventProblem(String code, String pointer, String message) {

  /**
   * The same problem seen from the document that holds the raw event, such as element {@code /3} of
   * a batch.
   */
  public RawEventProblem under(String prefix) {
    return new RawEventProblem(code, prefix + pointer, message);
  }
}
