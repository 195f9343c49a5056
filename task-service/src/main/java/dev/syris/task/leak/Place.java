package dev.syris.task.leak;

import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.id.TraceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a secret was found.
 *
 * @param refs what it was found in; the same whenever that is searched again
 * @param tool whose answer it was; null where it was none
 */
record Place(
    Kind kind,
    TraceId trace,
    Refs refs,
    Instant at,
    @Nullable String tool,
    @Nullable String action) {

  Place(Kind kind, TraceId trace, Refs refs, Instant at) {
    this(kind, trace, refs, at, null, null);
  }

  /** What kind of place. */
  enum Kind {
    EVENT("event", "an event; it is kept as it came"),
    ANSWER("answer", "the answer of a tool; it was taken out"),
    REQUEST("request", "a request, in place of a reference; it is kept as it came");

    private final String wire;
    private final String described;

    Kind(String wire, String described) {
      this.wire = wire;
      this.described = described;
    }

    String wire() {
      return wire;
    }

    String described() {
      return described;
    }
  }
}
