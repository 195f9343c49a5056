package dev.syris.ingest.webhook;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where senders without a scheme of their own put the id of a delivery. */
final class DeliveryId {

  /** The first that is there counts. */
  private static final List<String> HEADERS =
      List.of("Idempotency-Key", StandardWebhooks.ID, "X-Delivery-Id", "X-Request-Id");

  private DeliveryId() {}

  static @Nullable String of(Delivery delivery) {
    return HEADERS.stream().map(delivery::header).filter(Objects::nonNull).findFirst().orElse(null);
  }
}
