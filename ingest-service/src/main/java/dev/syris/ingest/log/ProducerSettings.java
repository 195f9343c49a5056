package dev.syris.ingest.log;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a producer waits for the broker before the client hears 503.
 *
 * @param instance tells apart several ingest services on one broker; each fences only its own
 *     predecessor
 * @param deliveryTimeout from handing a record over to the broker's answer, repeats included
 * @param requestTimeout one request within that
 * @param maxBlock waiting for the topic's metadata, for buffer space, or for a transaction's step
 * @param transactionTimeout when the broker gives up a batch whose writer is gone; readers wait as
 *     long
 */
@ConfigurationProperties("syris.ingest.producer")
public record ProducerSettings(
    @DefaultValue("0") String instance,
    @DefaultValue("5s") Duration deliveryTimeout,
    @DefaultValue("2s") Duration requestTimeout,
    @DefaultValue("2s") Duration maxBlock,
    @DefaultValue("10s") Duration transactionTimeout) {

  public ProducerSettings {
    if (requestTimeout.compareTo(deliveryTimeout) > 0) {
      throw new IllegalArgumentException(
          "syris.ingest.producer.request-timeout (%s) is longer than delivery-timeout (%s), which holds its repeats"
              .formatted(requestTimeout, deliveryTimeout));
    }
  }
}
