package dev.syris.contracts.event;

import org.jspecify.annotations.Nullable;

/**
 * Where the actor is, as far as the source knows: an IANA zone, a BCP 47 language tag, a device.
 */
public record Locality(
    @Nullable String timezone, @Nullable String locale, @Nullable String deviceId) {

  public static final Locality UNKNOWN = new Locality(null, null, null);
}
