package dev.syris.rules.rule;

/**
 * A problem with its place in a text.
 *
 * @param line from 1
 * @param column from 1
 * @param pointer JSON pointer to the value
 * @param message begins where the pointer ends
 */
public record PlacedProblem(int line, int column, String pointer, String message) {

  @Override
  public String toString() {
    return "line %d, column %d: %s %s".formatted(line, column, pointer, message);
  }
}
