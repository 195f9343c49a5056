package dev.syris.gateway.ledger;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the audit trail is kept, and what it tells of: events, decisions, traces, dead letters
 * and payloads.
 *
 * @param retention whole segments of the trail are dropped when all they hold is older, and then
 *     what they told of; at least 60 days, because a topic may be read again and what it still has
 *     must be known
 */
@ConfigurationProperties("syris.audit")
public record AuditProperties(@DefaultValue("400d") Duration retention) {

  private static final Duration LEAST = Duration.ofDays(60);

  public AuditProperties {
    if (retention.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException(
          "syris.audit.retention is %d days; it must be at least %d"
              .formatted(retention.toDays(), LEAST.toDays()));
    }
  }
}
