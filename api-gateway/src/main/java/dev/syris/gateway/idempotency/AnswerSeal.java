package dev.syris.gateway.idempotency;

import dev.syris.contracts.id.Uuids;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals an answer (AES-256-GCM) with a key made of the caller's own secret and idempotency key,
 * neither of which is kept: an answer may show a new secret, and the database alone must not give
 * it away. The secret has 256 random bits, so a plain hash makes a good key.
 */
final class AnswerSeal {

  private static final int IV_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecureRandom random = new SecureRandom();

  byte[] seal(String secret, String key, byte[] answer) {
    var iv = new byte[IV_BYTES];
    random.nextBytes(iv);
    byte[] sealed = run(Cipher.ENCRYPT_MODE, secret, key, iv, answer);
    byte[] both = Arrays.copyOf(iv, IV_BYTES + sealed.length);
    System.arraycopy(sealed, 0, both, IV_BYTES, sealed.length);
    return both;
  }

  byte[] open(String secret, String key, byte[] sealed) {
    byte[] iv = Arrays.copyOf(sealed, IV_BYTES);
    return run(
        Cipher.DECRYPT_MODE, secret, key, iv, Arrays.copyOfRange(sealed, IV_BYTES, sealed.length));
  }

  private static byte[] run(int mode, String secret, String key, byte[] iv, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          mode, new SecretKeySpec(keyOf(secret, key), "AES"), new GCMParameterSpec(TAG_BITS, iv));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an answer could not be sealed or opened", e);
    }
  }

  private static byte[] keyOf(String secret, String key) {
    MessageDigest digest = Uuids.sha256();
    digest.update("syris-answer".getBytes(StandardCharsets.UTF_8));
    digest.update(Uuids.sha256().digest(secret.getBytes(StandardCharsets.UTF_8)));
    digest.update(key.getBytes(StandardCharsets.UTF_8));
    return digest.digest();
  }
}
