package dev.syris.gateway.token;

import dev.syris.contracts.id.Uuids;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The secret of a token. It has 256 random bits, so its plain SHA-256 is all that needs to be kept:
 * nobody can try 2^256 of them, hence no salt and no slow hash, and no further key that could be
 * lost.
 */
final class TokenSecret {

  /** What an operator brings must not be guessable either. */
  static final int MIN_LENGTH = 16;

  private static final String PREFIX = "syris_";
  private static final int RANDOM_BYTES = 32;

  private TokenSecret() {}

  static String mint(SecureRandom random) {
    var bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static byte[] hash(String secret) {
    return Uuids.sha256().digest(secret.getBytes(StandardCharsets.UTF_8));
  }
}
