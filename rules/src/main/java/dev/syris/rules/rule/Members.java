package dev.syris.rules.rule;

import dev.syris.contracts.json.Json;
import dev.syris.rules.path.Reference;
import dev.syris.rules.problem.Pointers;
import dev.syris.rules.problem.Problem;
import dev.syris.rules.problem.Problems;
import dev.syris.rules.problem.Shown;
import dev.syris.rules.template.Template;
import dev.syris.rules.template.TemplateReading;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the members of one object, and notes what is wrong with them. Null counts as absent. */
final class Members {

  private final JsonNode json;
  private final String pointer;
  private final Problems problems;

  Members(JsonNode json, String pointer, Problems problems) {
    this.json = json;
    this.pointer = pointer;
    this.problems = problems;
  }

  String pointer(String name) {
    return Pointers.child(pointer, name);
  }

  /** The value; a missing node where there is none. */
  JsonNode value(String name) {
    JsonNode value = json.path(name);
    return value.isNull() ? Json.object().path(name) : value;
  }

  boolean has(String name) {
    return json.hasNonNull(name);
  }

  void only(Set<String> known, String what) {
    for (String name : json.propertyNames()) {
      if (!known.contains(name)) {
        problems.add(
            pointer(name),
            "is not known; %s has %s".formatted(what, String.join(", ", new TreeSet<>(known))));
      }
    }
  }

  /** A text of a form; null where there is none, which is a problem where it is required. */
  @Nullable String text(String name, Pattern form, boolean required, String wanted) {
    JsonNode value = value(name);
    if (value.isMissingNode() && !required) {
      return null;
    }
    if (value.isString() && form.matcher(value.asString()).matches()) {
      return value.asString();
    }
    wrong(name, wanted);
    return null;
  }

  long number(String name, long least, long most, long otherwise) {
    JsonNode value = value(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      long number = value.longValue();
      if (least <= number && number <= most) {
        return number;
      }
    }
    wrong(name, "a whole number from %d to %d".formatted(least, most));
    return otherwise;
  }

  boolean flag(String name, boolean otherwise) {
    JsonNode value = value(name);
    if (value.isBoolean()) {
      return value.asBoolean();
    }
    if (!value.isMissingNode()) {
      wrong(name, "true or false");
    }
    return otherwise;
  }

  /** A template in a string of at most so many characters; null where there is none. */
  @Nullable Template textTemplate(String name, int maxLength) {
    JsonNode value = value(name);
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isString() || value.asString().isEmpty() || value.asString().length() > maxLength) {
      wrong(name, "a text of 1 to %d characters, with ${path} in it".formatted(maxLength));
      return null;
    }
    return template(value, pointer(name));
  }

  /** A template that is an object; an empty one where there is none. */
  @Nullable Template objectTemplate(String name) {
    JsonNode value = value(name);
    if (!value.isMissingNode() && !value.isObject()) {
      wrong(name, "an object");
      return null;
    }
    return template(value.isMissingNode() ? Json.object() : value, pointer(name));
  }

  /** A template of its own making, whose members are ours; null where something is wrong. */
  @Nullable Template template(ObjectNode made) {
    return template(made, pointer);
  }

  void wrong(String name, String wanted) {
    JsonNode value = value(name);
    problems.add(
        pointer(name),
        value.isMissingNode()
            ? "is required: " + wanted
            : "is %s; it must be %s".formatted(Shown.value(value), wanted));
  }

  private @Nullable Template template(JsonNode value, String place) {
    return switch (Template.parse(value)) {
      case TemplateReading.Accepted(Template template) -> {
        boolean findable = true;
        for (Reference reference : template.references()) {
          String fault = EventPaths.fault(reference.path());
          if (fault != null) {
            problems.add(
                place + reference.pointer(),
                "refers to ${%s}, which %s".formatted(reference.path(), fault));
            findable = false;
          }
        }
        yield findable ? template : null;
      }
      case TemplateReading.Rejected(var found) -> {
        for (Problem problem : found) {
          problems.add(place + problem.pointer(), problem.message());
        }
        yield null;
      }
    };
  }
}
