package dev.syris.gateway.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The SQL of one page, one row more than asked for. Everything in the text comes from {@link
 * Collections}; what came from outside is a parameter.
 */
record ListSql(String text, Map<String, Object> parameters) {

  static ListSql page(Collection collection, ListRequest request) {
    var where = new ArrayList<String>();
    var parameters = new HashMap<String, Object>();
    for (Condition condition : request.conditions()) {
      where.add(condition.sql());
      parameters.put(condition.name(), condition.value());
    }
    if (!request.after().isEmpty()) {
      where.add(beyond(collection.order(), request));
      for (int i = 0; i < request.after().size(); i++) {
        parameters.put("key" + i, request.after().get(i));
      }
    }
    parameters.put("rows", request.limit() + 1);
    String text =
        "select %s, %s as item from %s%s order by %s limit :rows"
            .formatted(
                columns(collection.order(), ""),
                collection.body(),
                collection.source(),
                where.isEmpty() ? "" : " where " + String.join(" and ", where),
                columns(collection.order(), request.ascending() ? " asc" : " desc"));
    return new ListSql(text, parameters);
  }

  static String one(Collection collection) {
    return "select %s as item from %s where %s"
        .formatted(collection.body(), collection.source(), collection.one());
  }

  private static String columns(List<SortKey> order, String suffix) {
    return order.stream().map(key -> key.column() + suffix).collect(Collectors.joining(", "));
  }

  private static String beyond(List<SortKey> order, ListRequest request) {
    var keys = new ArrayList<String>();
    for (int i = 0; i < order.size(); i++) {
      keys.add(":key" + i);
    }
    return "(%s) %s (%s)"
        .formatted(columns(order, ""), request.ascending() ? ">" : "<", String.join(", ", keys));
  }
}
