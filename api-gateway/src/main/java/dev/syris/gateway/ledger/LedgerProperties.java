package dev.syris.gateway.ledger;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The ledger's own way into the database, and how long its segments grow.
 *
 * @param url JDBC address
 * @param username a role that may add to the ledger and change nothing in it
 * @param password its password
 * @param segmentRows rows after which a segment of the audit trail is sealed
 * @param segmentAge time after which it is sealed, however few they are
 */
@ConfigurationProperties("syris.ledger")
public record LedgerProperties(
    String url,
    @DefaultValue("syris_ledger") String username,
    String password,
    @DefaultValue("1000000") long segmentRows,
    @DefaultValue("31d") Duration segmentAge) {

  public LedgerProperties {
    if (segmentRows < 1) {
      throw new IllegalArgumentException(
          "syris.ledger.segment-rows is " + segmentRows + "; it must be at least 1");
    }
    if (segmentAge.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException(
          "syris.ledger.segment-age is " + segmentAge + "; it must be at least 1m");
    }
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return "LedgerProperties[url=%s, username=%s, segmentRows=%d, segmentAge=%s]"
        .formatted(url, username, segmentRows, segmentAge);
  }
}
