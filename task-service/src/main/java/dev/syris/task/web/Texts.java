package dev.syris.task.web;

import dev.syris.contracts.json.StorableText;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import dev.syris.platform.problem.ProblemException.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads texts of request bodies, or says which one is wrong. */
public final class Texts {

  private static final int MAX_REASON = 500;

  private Texts() {}

  /** Why somebody wants something; null where it is not said. */
  public static @Nullable String reason(ObjectNode body) {
    JsonNode reason = body.get("reason");
    return reason == null || reason.isNull() ? null : text(reason, "/reason", MAX_REASON);
  }

  /** What somebody adds; null where nothing is. */
  public static @Nullable String note(ObjectNode body) {
    JsonNode note = body.get("note");
    return note == null || note.isNull() ? null : text(note, "/note", MAX_REASON);
  }

  /** Why somebody wants something, which must be said. */
  public static String requiredReason(ObjectNode body) {
    return required(body, "reason", MAX_REASON);
  }

  /** A text of at least one character that is no blank. */
  public static String required(ObjectNode body, String name, int longest) {
    JsonNode found = body.get(name);
    if (found == null || found.isNull()) {
      throw invalid("/" + name, "is required");
    }
    return text(found, "/" + name, longest);
  }

  private static String text(JsonNode value, String pointer, int longest) {
    boolean fits =
        value.isString()
            && !value.asString().isBlank()
            && value.asString().length() <= longest
            && StorableText.fault(value.asString()) == null;
    if (!fits) {
      throw invalid(pointer, "must be a text of 1 to %d characters".formatted(longest));
    }
    return value.asString();
  }

  /** One field is wrong. */
  public static ProblemException invalid(String pointer, String message) {
    return new ProblemException(CommonProblem.INVALID, "%s %s".formatted(pointer, message))
        .errors(List.of(new FieldError(pointer, "value", message)));
  }
}
