package dev.syris.gateway.query;

import java.util.List;
import java.util.stream.Stream;

/**
 * What there is to know about a collection.
 *
 * @param name as in its address
 * @param singular for messages
 * @param source what to select from
 * @param body the SQL of an item's JSON
 * @param one which item an id names, with the parameter {@code :id}
 * @param idIsUuid whether an id is a UUID; text where not
 * @param order what the list goes by; the last key is unique
 * @param ascending oldest (or first by name) first
 * @param ascendingWith a filter that turns the order round; empty where none does
 * @param filters the parameters it takes, beside {@code limit} and {@code cursor}
 */
public record Collection(
    String name,
    String singular,
    String source,
    String body,
    String one,
    boolean idIsUuid,
    List<SortKey> order,
    boolean ascending,
    String ascendingWith,
    List<Filter> filters) {

  static Collection of(String name, String singular, String source) {
    return new Collection(
        name, singular, source, "body", "", true, List.of(), false, "", List.of());
  }

  /** Items are found by the column given, which is a UUID. */
  Collection by(String idColumn) {
    return found(idColumn + " = :id", true);
  }

  /** Items are found by the column given, which is text. */
  Collection byName(String idColumn) {
    return found(idColumn + " = :id", false);
  }

  Collection found(String sql, boolean uuid) {
    return new Collection(
        name, singular, source, body, sql, uuid, order, ascending, ascendingWith, filters);
  }

  Collection showing(String bodySql) {
    return new Collection(
        name, singular, source, bodySql, one, idIsUuid, order, ascending, ascendingWith, filters);
  }

  /** Newest first; {@code since} and {@code until} are on that time. */
  Collection newestBy(String time, String id) {
    return newestBy(time, new SortKey(id, SortKey.Kind.ID));
  }

  /** The same where the id is text. */
  Collection newestByAndName(String time, String name) {
    return newestBy(time, new SortKey(name, SortKey.Kind.NAME));
  }

  private Collection newestBy(String time, SortKey unique) {
    var keys = List.of(new SortKey(time, SortKey.Kind.TIME), unique);
    return ordered(keys, false, "").with(Filter.period(time).toArray(Filter[]::new));
  }

  Collection ordered(List<SortKey> keys, boolean up, String upWith) {
    return new Collection(name, singular, source, body, one, idIsUuid, keys, up, upWith, filters);
  }

  Collection with(Filter... more) {
    List<Filter> all = Stream.concat(filters.stream(), Stream.of(more)).toList();
    return new Collection(
        name, singular, source, body, one, idIsUuid, order, ascending, ascendingWith, all);
  }
}
