package dev.syris.task.policy;

/**
 * Something a policy file can't mean.
 *
 * @param line from 1
 * @param column from 1
 * @param pointer JSON pointer to the value
 * @param message with the value, and what to do
 */
public record PolicyProblem(int line, int column, String pointer, String message) {

  @Override
  public String toString() {
    String where = pointer.isEmpty() ? "" : pointer + " ";
    return "line %d, column %d: %s%s".formatted(line, column, where, message);
  }
}
