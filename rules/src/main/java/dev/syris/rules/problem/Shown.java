package dev.syris.rules.problem;

import dev.syris.contracts.json.StorableText;
import tools.jackson.databind.JsonNode;

/** Values as a message shows them: short, and with what kind they are. */
public final class Shown {

  private static final int MAX_LENGTH = 64;

  private Shown() {}

  public static String value(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> text(value.asString());
      case NUMBER -> "the number " + StorableText.shown(value.asString(), MAX_LENGTH);
      case BOOLEAN -> value.asString();
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case NULL -> "null";
      case MISSING, BINARY, POJO -> "no JSON";
    };
  }

  public static String text(String text) {
    return '"' + StorableText.shown(text, MAX_LENGTH) + '"';
  }
}
