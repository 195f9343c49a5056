package dev.syris.gateway.query;

import dev.syris.contracts.json.StorableText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a list was asked for. Pure.
 *
 * @param filters as they were given, by name
 * @param after sort keys of the last item the caller has; empty for the first page
 */
record ListRequest(
    Map<String, String> filters,
    List<Condition> conditions,
    List<Object> after,
    int limit,
    boolean ascending) {

  static final int DEFAULT_LIMIT = 50;
  static final int MAX_LIMIT = 500;

  private static final String LIMIT = "limit";
  private static final String CURSOR = "cursor";

  /** What reading the parameters gives. */
  sealed interface Reading {
    /** A list that can be given. */
    record Valid(ListRequest request) implements Reading {}

    /** A parameter that cannot be understood, named. */
    record Refused(String parameter, String reason) implements Reading {}
  }

  static Reading read(Collection collection, Map<String, String[]> parameters) {
    var given = new TreeMap<String, String>();
    for (var parameter : parameters.entrySet()) {
      if (parameter.getValue().length != 1) {
        return refused(parameter.getKey(), "is given more than once");
      }
      given.put(parameter.getKey(), parameter.getValue()[0]);
    }
    return read(collection, given);
  }

  private static Reading read(Collection collection, TreeMap<String, String> given) {
    String limit = given.remove(LIMIT);
    String cursor = given.remove(CURSOR);
    String current = "";
    var conditions = new ArrayList<Condition>();
    try {
      for (var filter : given.entrySet()) {
        current = filter.getKey();
        conditions.add(condition(collection, current, filter.getValue()));
      }
      current = LIMIT;
      int size = limit == null ? DEFAULT_LIMIT : size(limit);
      current = CURSOR;
      List<Object> after = cursor == null ? List.of() : Cursor.read(cursor, collection, given);
      boolean ascending = collection.ascending() || given.containsKey(collection.ascendingWith());
      return new Reading.Valid(
          new ListRequest(Map.copyOf(given), List.copyOf(conditions), after, size, ascending));
    } catch (IllegalArgumentException e) {
      return refused(current, String.valueOf(e.getMessage()));
    }
  }

  private static Condition condition(Collection collection, String name, String value) {
    Filter filter =
        collection.filters().stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("is not a parameter of this list"));
    if (value.isEmpty()) {
      throw new IllegalArgumentException("is empty");
    }
    return filter.reader().apply(value);
  }

  private static int size(String limit) {
    int size = limit.matches("[0-9]{1,4}") ? Integer.parseInt(limit) : 0;
    if (size < 1 || size > MAX_LIMIT) {
      throw new IllegalArgumentException("must be a number from 1 to " + MAX_LIMIT);
    }
    return size;
  }

  private static Reading refused(String parameter, String reason) {
    return new Reading.Refused(StorableText.shown(parameter, 64), reason);
  }
}
