package dev.syris.gateway.query;

import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.StorableText;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A query parameter of a list.
 *
 * @param name of the parameter
 * @param reader makes the condition of a value, or throws {@link IllegalArgumentException} with
 *     what is wrong with it
 */
record Filter(String name, Function<String, Condition> reader) {

  private static final int MAX_LENGTH = 256;

  static Filter uuid(String name) {
    return new Filter(name, text -> equal(name, Uuids.parse(text)));
  }

  static Filter text(String name) {
    return new Filter(name, text -> equal(name, storable(text)));
  }

  static Filter oneOf(String name, Collection<String> values) {
    return new Filter(
        name,
        text -> {
          if (!values.contains(text)) {
            throw new IllegalArgumentException(
                "is none of " + String.join(", ", values.stream().sorted().toList()));
          }
          return equal(name, text);
        });
  }

  /**
   * The same, where an index serves some of the values only.
   *
   * @param besides what is true of all with such a value, in a form that an index serves; by value
   */
  static Filter oneOf(String name, Collection<String> values, Map<String, String> besides) {
    Filter plain = oneOf(name, values);
    return new Filter(
        name,
        text -> {
          Condition condition = plain.reader().apply(text);
          String more = besides.get(text);
          return more == null
              ? condition
              : new Condition(name, condition.sql() + " and " + more, condition.value());
        });
  }

  /** {@code true} or {@code false}. */
  static Filter flag(String name) {
    return new Filter(
        name,
        text -> {
          if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("is neither true nor false");
          }
          return equal(name, text.equals("true"));
        });
  }

  /** A dotted name, or all below one: {@code gate.*}. */
  static Filter auditType(String name) {
    return new Filter(
        name,
        text -> {
          if (!AuditVocabulary.knows(text)) {
            throw new IllegalArgumentException(
                "is no audit type, nor a group of them such as gate.*");
          }
          return text.endsWith(".*")
              ? below(name, text.substring(0, text.length() - 1))
              : equal(name, text);
        });
  }

  /**
   * All names that begin with a prefix that ends in a dot, as a range that an index can serve: "/"
   * follows ".".
   */
  private static Condition below(String name, String prefix) {
    return new Condition(
        name, "%1$s >= :%1$s and %1$s < left(:%1$s, -1) || '/'".formatted(name), prefix);
  }

  /** A time; the SQL says what about it. */
  static Filter time(String name, String sql) {
    return new Filter(name, text -> new Condition(name, sql, instant(text)));
  }

  /** Inclusive start and exclusive end, on the time the list is sorted by. */
  static List<Filter> period(String column) {
    return List.of(time("since", column + " >= :since"), time("until", column + " < :until"));
  }

  private static Condition equal(String name, Object value) {
    return new Condition(name, "%1$s = :%1$s".formatted(name), value);
  }

  private static String storable(String text) {
    String fault = StorableText.fault(text);
    if (fault != null) {
      throw new IllegalArgumentException(fault);
    }
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("has more than " + MAX_LENGTH + " characters");
    }
    return text;
  }

  private static Object instant(String text) {
    try {
      return InstantCodec.parse(text).atOffset(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      String hint = text.contains(" ") ? " (a + in a query is a space; write %2B or Z)" : "";
      throw new IllegalArgumentException(
          "is no RFC 3339 time such as 2026-01-31T08:00:00Z" + hint, e);
    }
  }
}
