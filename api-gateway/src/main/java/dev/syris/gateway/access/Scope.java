package dev.syris.gateway.access;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a token may do. {@link #ADMIN} may do everything. */
public enum Scope {
  READ,
  INGEST,
  CALL,
  APPROVE,
  ADMIN;

  /** The name on the wire. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The scope of a name on the wire, as it is written there. */
  public static Optional<Scope> parse(String wire) {
    return Arrays.stream(values()).filter(scope -> scope.wire().equals(wire)).findFirst();
  }

  /** All names, for messages. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Scope::wire).toList();
  }
}
