package dev.syris.ingest.webhook;

import static dev.syris.ingest.webhook.Verdict.unproven;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.syris.ingest.webhook.Verdict.Proven;
import java.security.MessageDigest;

/**
 * The secret itself, in the header {@code X-Syris-Secret}: for senders that can add a header and no
 * more.
 */
final class SharedHeader implements WebhookAuth {

  static final String HEADER = "X-Syris-Secret";

  private static final String SCHEME = "shared-header";

  private final byte[] secret;

  SharedHeader(String secret) {
    this.secret = secret.getBytes(UTF_8);
  }

  @Override
  public Verdict verify(Delivery delivery) {
    // The servlet container reads header bytes as ISO 8859-1; this gives the bytes back.
    String given = delivery.header(HEADER);
    if (given == null) {
      return unproven(SCHEME, "webhook.secret_missing", "there is no header " + HEADER);
    }
    return MessageDigest.isEqual(secret, given.getBytes(ISO_8859_1))
        ? new Proven(DeliveryId.of(delivery))
        : unproven(SCHEME, "webhook.secret_mismatch", HEADER + " is not the connector's secret");
  }
}
