package dev.syris.gateway.ledger.sink;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/** Tells a database that can't take a value from one that can't work. Pure. */
final class Refusal {

  /**
   * Classes of SQLSTATE: data exception, program limit exceeded. A violated constraint is not among
   * them: then a table is not as it should be, and laying records aside would hide that.
   */
  private static final Set<String> ABOUT_DATA = Set.of("22", "54");

  private Refusal() {}

  /** What the database has against the data; null where the fault is not in the data. */
  static @Nullable String of(RuntimeException e) {
    Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
    if (cause instanceof SQLException refused
        && refused.getSQLState() != null
        && refused.getSQLState().length() == 5
        && ABOUT_DATA.contains(refused.getSQLState().substring(0, 2))) {
      return "the database refused it: " + refused.getMessage();
    }
    return null;
  }
}
