package dev.syris.platform.postgres;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Columns of a batch as text arrays, for {@code unnest}: one statement, however many rows. */
public final class SqlArrays {

  private SqlArrays() {}

  /** One column; null stays null. */
  public static <T> @Nullable String[] column(
      Collection<T> rows, Function<T, @Nullable Object> value) {
    @Nullable String[] column = new @Nullable String[rows.size()];
    int i = 0;
    for (T row : rows) {
      Object found = value.apply(row);
      column[i++] = found == null ? null : found.toString();
    }
    return column;
  }

  public static String[] column(List<?> values) {
    return values.stream().map(Object::toString).toArray(String[]::new);
  }
}
