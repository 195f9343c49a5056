package dev.syris.gateway.health;

import java.time.Instant;

/**
 * A time in which the system did not run, as its heartbeat noticed when it was back.
 *
 * @param from the last beat before it
 * @param until the first beat after it
 * @param cause such as {@code frozen}
 */
record Interruption(Instant from, Instant until, long missedBeats, String cause) {}
