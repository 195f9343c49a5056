package dev.syris.platform.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the outbox of a service is relayed.
 *
 * @param schema the schema its tables are in
 * @param lease how long a leader that says nothing more stays leader; another instance takes over
 *     after that
 */
@ConfigurationProperties("syris.outbox")
public record OutboxSettings(String schema, @DefaultValue("10s") Duration lease) {

  /** The same for every instance, so that Kafka lets only the last one in write. */
  String transactionalId() {
    return "syris-" + schema + "-outbox";
  }
}
