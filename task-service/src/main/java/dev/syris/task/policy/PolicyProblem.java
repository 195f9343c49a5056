package dev.syris.task.policy;

import dev.syris.contracts.json.StorableText;

/**
 * Something a policy file can't mean. Bounded and fit to keep, whatever the file holds.
 *
 * @param line from 1
 * @param column from 1
 * @param pointer JSON pointer to the value
 * @param message with the value, and what to do
 */
public record PolicyProblem(int line, int column, String pointer, String message) {

  private static final int MAX_LENGTH = 512;

  public PolicyProblem {
    pointer = StorableText.shown(pointer, MAX_LENGTH);
    message = StorableText.shown(message, MAX_LENGTH);
  }

  @Override
  public String toString() {
    String where = pointer.isEmpty() ? "" : pointer + " ";
    return "line %d, column %d: %s%s".formatted(line, column, where, message);
  }
}
