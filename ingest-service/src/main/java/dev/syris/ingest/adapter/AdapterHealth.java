package dev.syris.ingest.adapter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an adapter has fared since the service started.
 *
 * @param lastAcceptedAt when it last proved to work; null where it has not yet
 * @param lastRefusedAt when something was last refused
 * @param lastRefusal the code of that refusal; never content, never a secret
 */
public record AdapterHealth(
    @Nullable Instant lastAcceptedAt,
    @Nullable Instant lastRefusedAt,
    @Nullable String lastRefusal) {

  public static final AdapterHealth UNUSED = new AdapterHealth(null, null, null);

  public AdapterHealth accepted(Instant at) {
    return new AdapterHealth(at, lastRefusedAt, lastRefusal);
  }

  public AdapterHealth refused(Instant at, String code) {
    return new AdapterHealth(lastAcceptedAt, at, code);
  }
}
