package dev.syris.ingest.webhook;

import static dev.syris.ingest.webhook.Verdict.unproven;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.syris.ingest.webhook.Verdict.Proven;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * GitHub's way, which Gitea and Forgejo share: HMAC-SHA256 over the body, in hexadecimal.
 *
 * @see <a
 *     href="https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries">GitHub's
 *     description</a>
 */
final class GithubSignature implements WebhookAuth {

  static final String SIGNATURE = "X-Hub-Signature-256";
  static final String DELIVERY = "X-GitHub-Delivery";

  private static final String SCHEME = "github";
  private static final String PREFIX = "sha256=";
  private static final Pattern FORM = Pattern.compile("sha256=[0-9a-fA-F]{64}");

  private final HmacKey key;

  GithubSignature(String secret) {
    this.key = new HmacKey(secret.getBytes(UTF_8));
  }

  @Override
  public Verdict verify(Delivery delivery) {
    String signature = delivery.header(SIGNATURE);
    if (signature == null) {
      return unproven(SCHEME, "webhook.signature_missing", "there is no header " + SIGNATURE);
    }
    if (!FORM.matcher(signature).matches()) {
      return unproven(
          SCHEME,
          "webhook.signature_malformed",
          SIGNATURE + " takes sha256= and 64 hexadecimal digits");
    }
    byte[] given = HexFormat.of().parseHex(signature, PREFIX.length(), signature.length());
    return MessageDigest.isEqual(key.sign(delivery.body()), given)
        ? new Proven(delivery.header(DELIVERY))
        : unproven(
            SCHEME,
            "webhook.signature_mismatch",
            "the signature does not fit this body and the connector's secret");
  }
}
