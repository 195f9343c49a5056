package dev.syris.gateway.query;

import dev.syris.contracts.id.Uuids;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.UUID;

/** A column a list goes by, and how its value travels in a cursor. */
record SortKey(String column, Kind kind) {

  /** The types of such columns. */
  enum Kind {
    NUMBER,
    TIME,
    ID,
    NAME
  }

  /** The value of a row, as text. Times keep the database's microseconds. */
  String read(ResultSet row) throws SQLException {
    return switch (kind) {
      case NUMBER -> Long.toString(row.getLong(column));
      case TIME ->
          Objects.requireNonNull(row.getObject(column, OffsetDateTime.class))
              .toInstant()
              .toString();
      case ID -> Objects.requireNonNull(row.getObject(column, UUID.class)).toString();
      case NAME -> Objects.requireNonNull(row.getString(column));
    };
  }

  /**
   * The value a cursor carries, for SQL.
   *
   * @throws IllegalArgumentException where the text is none of its kind
   */
  Object parse(String text) {
    return switch (kind) {
      case NUMBER -> Long.valueOf(text);
      case TIME -> time(text);
      case ID -> Uuids.parse(text);
      case NAME -> text;
    };
  }

  private static Object time(String text) {
    try {
      return Instant.parse(text).atOffset(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not a time: " + text, e);
    }
  }
}
