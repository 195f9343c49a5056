package dev.syris.task.policy;

import dev.syris.contracts.json.Json;
import dev.syris.rules.condition.Glob;
import dev.syris.rules.path.FieldPath;
import dev.syris.rules.problem.Parsed;
import dev.syris.rules.problem.Pointers;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads one mapping of a policy, and says of each value that can't be used what is wrong with it;
 * in its place it goes on with one that can. For one use.
 */
final class EntryReader {

  private static final Glob ANYTHING = good(Glob.parse("*"));
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,9}(ms|s|m|h|d)");
  private static final Duration LONGEST = Duration.ofDays(365);

  private final ObjectNode entry;
  private final String pointer;
  private final BiConsumer<String, String> problem;
  private final Set<String> known = new HashSet<>();

  /**
   * @param problem takes pointer and message
   */
  EntryReader(ObjectNode entry, String pointer, BiConsumer<String, String> problem) {
    this.entry = entry;
    this.pointer = pointer;
    this.problem = problem;
  }

  /** JSON pointer to the mapping. */
  String pointer() {
    return pointer;
  }

  /**
   * Names what was not asked for, and what was begun and has no value: read as left out, it could
   * mean more than was meant.
   */
  void end() {
    for (String name : entry.propertyNames()) {
      if (!known.contains(name)) {
        problem.accept(
            at(name), "is unknown here; there are " + String.join(", ", new TreeSet<>(known)));
      } else if (entry.path(name).isNull()) {
        problem.accept(at(name), "has no value; write one, or take the name away");
      }
    }
  }

  /** The mappings of a list. */
  <T> List<T> list(String name, Function<EntryReader, T> reading) {
    JsonNode found = get(name);
    var all = new ArrayList<T>();
    if (found == null) {
      return all;
    }
    if (!found.isArray()) {
      problem.accept(at(name), "must be a list");
      return all;
    }
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i) instanceof ObjectNode object) {
        var reader = new EntryReader(object, at(name) + "/" + i, problem);
        all.add(reading.apply(reader));
        reader.end();
      } else {
        problem.accept(at(name) + "/" + i, "must be a mapping such as {tool: http}");
      }
    }
    return all;
  }

  /** A mapping; an empty one where there is none. */
  <T> T mapping(String name, Function<EntryReader, T> reading) {
    JsonNode found = get(name);
    ObjectNode object = found instanceof ObjectNode given ? given : Json.object();
    if (found != null && !found.isObject()) {
      problem.accept(at(name), "must be a mapping");
    }
    var reader = new EntryReader(object, at(name), problem);
    T read = reading.apply(reader);
    reader.end();
    return read;
  }

  CallMatch match() {
    return new CallMatch(glob("tool"), glob("action"), where());
  }

  private List<CallMatch.ArgTest> where() {
    JsonNode found = entry.get("where");
    if (found instanceof ObjectNode) {
      return List.of(mapping("where", EntryReader::argTest));
    }
    return list("where", EntryReader::argTest);
  }

  private CallMatch.ArgTest argTest() {
    FieldPath arg = path("arg");
    JsonNode value = get("equals");
    Glob pattern = get("matches") == null ? null : glob("matches");
    if ((pattern == null) == (value == null)) {
      problem.accept(pointer, "needs either matches or equals");
    }
    return new CallMatch.ArgTest(arg, pattern, value);
  }

  /** A pattern; {@code *} where there is none. */
  Glob glob(String name) {
    JsonNode found = get(name);
    return found == null ? ANYTHING : glob(found, at(name));
  }

  Glob requiredGlob(String name) {
    if (get(name) == null) {
      problem.accept(pointer, "needs " + name);
    }
    return glob(name);
  }

  List<Glob> globs(String name) {
    JsonNode found = get(name);
    var all = new ArrayList<Glob>();
    if (found != null && !found.isArray()) {
      problem.accept(at(name), "must be a list of patterns");
    } else if (found != null) {
      for (int i = 0; i < found.size(); i++) {
        all.add(glob(found.get(i), at(name) + "/" + i));
      }
    }
    return all;
  }

  private Glob glob(JsonNode found, String where) {
    if (!found.isString()) {
      problem.accept(where, "must be a text, in quotes where it begins with a star");
      return ANYTHING;
    }
    return switch (Glob.parse(found.asString())) {
      case Parsed.Good<Glob>(Glob glob) -> glob;
      case Parsed.Bad<Glob>(String fault) -> {
        problem.accept(where, "is no pattern: " + fault);
        yield ANYTHING;
      }
    };
  }

  FieldPath path(String name) {
    String text = text(name, "a.b");
    return switch (FieldPath.parse(text)) {
      case Parsed.Good<FieldPath>(FieldPath path) -> path;
      case Parsed.Bad<FieldPath>(String fault) -> {
        problem.accept(at(name), "is no path: it " + fault);
        yield new FieldPath(List.of("none"));
      }
    };
  }

  /** A text that must be there. */
  String text(String name, String otherwise) {
    JsonNode found = get(name);
    if (found == null || !found.isString() || found.asString().isBlank()) {
      problem.accept(found == null ? pointer : at(name), "needs a text for " + name);
      return otherwise;
    }
    return found.asString();
  }

  /** A text; null where there is none. */
  @Nullable String optionalText(String name) {
    return get(name) == null ? null : text(name, "?");
  }

  /** One of the values of an enum, in lower case, that must be there. */
  <E extends Enum<E>> E choice(String name, Class<E> type) {
    E chosen = optionalChoice(name, type);
    if (chosen == null) {
      if (get(name) == null) {
        problem.accept(pointer, "needs %s: one of %s".formatted(name, choices(type)));
      }
      return type.getEnumConstants()[0];
    }
    return chosen;
  }

  <E extends Enum<E>> @Nullable E optionalChoice(String name, Class<E> type) {
    JsonNode found = get(name);
    if (found == null) {
      return null;
    }
    for (E one : type.getEnumConstants()) {
      if (found.isString() && found.asString().equalsIgnoreCase(one.name())) {
        return one;
      }
    }
    problem.accept(at(name), "is %s; it must be one of %s".formatted(found, choices(type)));
    return null;
  }

  private static <E extends Enum<E>> String choices(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(one -> one.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  /** A length of time; what is given where there is none. */
  Duration duration(String name, Duration otherwise) {
    JsonNode found = get(name);
    if (found == null) {
      return otherwise;
    }
    if (found.isString() && LENGTH.matcher(found.asString()).matches()) {
      Duration duration = DurationStyle.SIMPLE.parse(found.asString());
      if (duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
    }
    problem.accept(
        at(name),
        "is %s; write a time such as 30s, 10m, 1h, with its unit, of at most %dd"
            .formatted(found, LONGEST.toDays()));
    return otherwise;
  }

  /** The same, and longer than nothing. */
  Duration positiveDuration(String name, Duration otherwise) {
    Duration duration = duration(name, otherwise);
    if (duration.isZero()) {
      problem.accept(at(name), "is no time at all; write one such as 10m");
    }
    return duration;
  }

  Duration requiredDuration(String name) {
    if (get(name) == null) {
      problem.accept(pointer, "needs " + name + ", such as 10s");
    }
    return duration(name, Duration.ZERO);
  }

  BigDecimal number(String name) {
    JsonNode found = get(name);
    if (found == null || !found.isNumber() || found.decimalValue().signum() < 0) {
      problem.accept(found == null ? pointer : at(name), "needs a number for " + name);
      return BigDecimal.ZERO;
    }
    return found.decimalValue();
  }

  int count(String name, int otherwise) {
    JsonNode found = get(name);
    if (found == null) {
      return otherwise;
    }
    if (!found.isNumber()
        || found.decimalValue().stripTrailingZeros().scale() > 0
        || found.decimalValue().signum() < 0
        || found.decimalValue().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
      problem.accept(at(name), "is %s; it must be a whole number from 0".formatted(found));
      return otherwise;
    }
    return found.decimalValue().intValueExact();
  }

  boolean flag(String name, boolean otherwise) {
    JsonNode found = get(name);
    if (found != null && !found.isBoolean()) {
      problem.accept(at(name), "must be true or false");
    }
    return found == null ? otherwise : found.asBoolean(otherwise);
  }

  ObjectNode object(String name) {
    JsonNode found = get(name);
    if (found != null && !found.isObject()) {
      problem.accept(at(name), "must be a mapping");
    }
    return found instanceof ObjectNode given ? given : Json.object();
  }

  List<String> texts(String name) {
    JsonNode found = get(name);
    var all = new ArrayList<String>();
    if (found != null && !found.isArray()) {
      problem.accept(at(name), "must be a list of texts");
    } else if (found != null) {
      for (int i = 0; i < found.size(); i++) {
        if (!found.get(i).isString()) {
          problem.accept(at(name) + "/" + i, "is %s; it must be a text".formatted(found.get(i)));
        }
        all.add(found.get(i).asString(""));
      }
    }
    return all;
  }

  boolean has(String name) {
    return get(name) != null;
  }

  private @Nullable JsonNode get(String name) {
    known.add(name);
    JsonNode found = entry.get(name);
    return found == null || found.isNull() ? null : found;
  }

  private String at(String name) {
    return Pointers.child(pointer, name);
  }

  private static <T> T good(Parsed<T> parsed) {
    if (parsed instanceof Parsed.Good<T>(T value)) {
      return value;
    }
    throw new IllegalStateException("a pattern of ours is none");
  }
}
