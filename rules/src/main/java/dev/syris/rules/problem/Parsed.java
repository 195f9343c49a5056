package dev.syris.rules.problem;

/** What became of a text that should be a {@code T}. */
public sealed interface Parsed<T> {

  /** It is one. */
  record Good<T>(T value) implements Parsed<T> {}

  /** It is none; the message begins where a pointer to the text would end. */
  record Bad<T>(String message) implements Parsed<T> {}
}
