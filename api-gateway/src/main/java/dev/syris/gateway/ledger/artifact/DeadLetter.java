package dev.syris.gateway.ledger.artifact;

import dev.syris.contracts.json.StorableText;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record nobody could use.
 *
 * @param at when it was laid aside
 * @param topic where it lay, with {@code partition} and {@code offset}
 * @param reason dotted and stable, such as {@code event.malformed}
 * @param error a sentence
 * @param payload its value; null for a tombstone
 */
public record DeadLetter(
    UUID deadLetterId,
    Instant at,
    @Nullable UUID traceId,
    String topic,
    int partition,
    long offset,
    String reason,
    String error,
    byte @Nullable [] payload,
    Envelope envelope) {

  private static final int MAX_NAME = 249;
  private static final int MAX_ERROR = 2_000;

  public DeadLetter {
    topic = StorableText.shown(topic, MAX_NAME);
    reason = StorableText.shown(reason, MAX_NAME);
    error = StorableText.shown(error, MAX_ERROR);
  }
}
