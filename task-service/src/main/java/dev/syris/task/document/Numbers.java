package dev.syris.task.document;

import dev.syris.platform.problem.ProblemException.FieldError;
import dev.syris.rules.problem.Pointers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Numbers that can't be kept: a few characters, such as {@code 1e200000}, are more digits than the
 * database's own numbers have. Pure.
 */
final class Numbers {

  /** Written out. Every double has fewer. */
  static final int MAX_DIGITS = 400;

  private static final int MAX_ERRORS = 20;

  private Numbers() {}

  static List<FieldError> tooLong(JsonNode json) {
    var errors = new ArrayList<FieldError>();
    look(json, "", errors);
    return errors;
  }

  private static void look(JsonNode json, String pointer, List<FieldError> errors) {
    if (errors.size() >= MAX_ERRORS) {
      return;
    }
    if (json.isNumber() && digits(json) > MAX_DIGITS) {
      errors.add(
          new FieldError(
              pointer,
              "range",
              "is a number of %d digits when it is written out; at most %d are taken"
                  .formatted(digits(json), MAX_DIGITS)));
    }
    json.properties()
        .forEach(
            member -> look(member.getValue(), Pointers.child(pointer, member.getKey()), errors));
    if (json.isArray()) {
      for (int i = 0; i < json.size(); i++) {
        look(json.get(i), pointer + "/" + i, errors);
      }
    }
  }

  private static long digits(JsonNode number) {
    BigDecimal value = number.decimalValue();
    long before = Math.max(1, (long) value.precision() - value.scale());
    return before + Math.max(0, value.scale());
  }
}
