package dev.syris.ingest.webhook;

import static dev.syris.ingest.webhook.Verdict.unproven;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.syris.ingest.webhook.Verdict.Proven;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Standard Webhooks 1.0.0, symmetric: HMAC-SHA256 over {@code id.timestamp.body}, several
 * signatures while a secret is rotated. An id may hold no full stop, because the parts of what is
 * signed are told apart by it.
 *
 * @see <a
 *     href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">the
 *     specification</a>
 */
final class StandardWebhooks implements WebhookAuth {

  static final String ID = "webhook-id";
  static final String TIMESTAMP = "webhook-timestamp";
  static final String SIGNATURE = "webhook-signature";
  static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String SCHEME = "standard-webhooks";
  private static final String PREFIX = "whsec_";
  private static final String VERSION = "v1,";
  private static final Pattern ID_FORM = Pattern.compile("[\\x21-\\x7e&&[^.]]{1,256}");
  private static final Pattern TIMESTAMP_FORM = Pattern.compile("[0-9]{1,12}");
  private static final Pattern BLANKS = Pattern.compile(" +");

  private final HmacKey key;

  /**
   * @param secret base64, usually with {@code whsec_} before it
   * @throws IllegalArgumentException where it is no base64; the message does not hold it
   */
  StandardWebhooks(String secret) {
    String base64 = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret;
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException(
          "a Standard Webhooks secret is base64, such as whsec_ and 32 encoded bytes");
    }
    if (bytes.length == 0) {
      throw new IllegalArgumentException(
          "a Standard Webhooks secret has at least one byte after whsec_");
    }
    this.key = new HmacKey(bytes);
  }

  @Override
  public Verdict verify(Delivery delivery) {
    String id = delivery.header(ID);
    String timestamp = delivery.header(TIMESTAMP);
    String signatures = delivery.header(SIGNATURE);
    if (id == null) {
      return refused("webhook.id_missing", "there is no header " + ID);
    }
    if (!ID_FORM.matcher(id).matches()) {
      return refused(
          "webhook.id_malformed",
          ID + " takes up to 256 visible ASCII characters and no full stop");
    }
    if (timestamp == null) {
      return refused("webhook.timestamp_missing", "there is no header " + TIMESTAMP);
    }
    if (!TIMESTAMP_FORM.matcher(timestamp).matches()) {
      return refused(
          "webhook.timestamp_malformed", TIMESTAMP + " takes whole seconds since 1970, UTC");
    }
    if (signatures == null) {
      return refused("webhook.signature_missing", "there is no header " + SIGNATURE);
    }
    Verdict late =
        outsideOfTolerance(Instant.ofEpochSecond(Long.parseLong(timestamp)), delivery.receivedAt());
    return late == null ? verify(delivery, id, timestamp, signatures) : late;
  }

  private static @Nullable Verdict outsideOfTolerance(Instant sent, Instant now) {
    if (sent.isBefore(now.minus(TOLERANCE))) {
      return refused(
          "webhook.timestamp_too_old", TIMESTAMP + " is more than 5 minutes ago; is it a replay?");
    }
    if (sent.isAfter(now.plus(TOLERANCE))) {
      return refused(
          "webhook.timestamp_too_new",
          TIMESTAMP + " is more than 5 minutes ahead; compare the two clocks");
    }
    return null;
  }

  private Verdict verify(Delivery delivery, String id, String timestamp, String signatures) {
    byte[] expected = key.sign((id + "." + timestamp + ".").getBytes(US_ASCII), delivery.body());
    boolean known = false;
    boolean matches = false;
    for (String signature : BLANKS.split(signatures)) {
      if (signature.startsWith(VERSION)) {
        known = true;
        matches |= MessageDigest.isEqual(expected, decode(signature.substring(VERSION.length())));
      }
    }
    if (!known) {
      return refused(
          "webhook.signature_unsupported", SIGNATURE + " has no signature of the version v1");
    }
    return matches
        ? new Proven(id)
        : refused(
            "webhook.signature_mismatch", "no signature fits this body and the connector's secret");
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException _) {
      return new byte[0];
    }
  }

  private static Verdict refused(String code, String detail) {
    return unproven(SCHEME, code, detail);
  }
}
