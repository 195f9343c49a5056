package dev.syris.contracts.event;

import dev.syris.contracts.id.TraceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a producer sends. Only a view of the bytes: fields not named here stay in the bytes as they
 * came.
 *
 * @param channel where it came in
 * @param connectorId the source within the channel, at most 128 characters
 * @param messageId the source's own id of the message; a repeat within 24 h is dropped
 * @param threadId keeps the messages of one conversation in order
 * @param occurredAt when it happened at the source; data, never drives a window
 * @param traceId joins an existing trace
 */
public record RawEvent(
    Channel channel,
    String connectorId,
    @Nullable String messageId,
    @Nullable String threadId,
    @Nullable Instant occurredAt,
    @Nullable Actor actor,
    @Nullable String text,
    @Nullable ObjectNode structured,
    @Nullable Locality context,
    @Nullable Sensitivity sensitivity,
    @Nullable TraceId traceId) {

  /**
   * The ordering key: what shares it is processed in the order it was accepted. The connector's
   * length comes first, so that no two pairs of connector and thread give the same key.
   */
  public String orderingKey() {
    return orderingKey(connectorId, threadId);
  }

  /** See {@link #orderingKey()}. */
  public static String orderingKey(String connectorId, @Nullable String threadId) {
    return threadId == null
        ? connectorId
        : connectorId.length() + ":" + connectorId + ":" + threadId;
  }
}
