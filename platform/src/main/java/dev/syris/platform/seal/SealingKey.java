package dev.syris.platform.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One key that encrypts and authenticates bytes: AES-256-GCM (NIST SP 800-38D) with a random nonce.
 * What is sealed for one purpose does not open for another. Sealed form: version 1, 12 bytes of
 * nonce, ciphertext with its 16-byte tag. Thread-safe; never shows itself.
 */
public final class SealingKey {

  private static final byte VERSION = 1;
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int HEADER_BYTES = 1 + NONCE_BYTES;
  private static final int ID_BYTES = 8;

  private final SecretKeySpec key;
  private final String id;
  private final SecureRandom random = new SecureRandom();

  private SealingKey(byte[] bytes) {
    this.key = new SecretKeySpec(bytes, "AES");
    this.id = idOf(bytes);
  }

  /** A key nobody has yet. */
  public static SealingKey random() {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new SealingKey(bytes);
  }

  /**
   * @param property name of the configuration key, for the message
   * @param base64Key 32 random bytes
   * @throws IllegalArgumentException where the key is no base64 or of another length
   */
  static SealingKey parse(String property, String base64Key) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64Key);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          property + " is not base64; give it 32 random bytes as base64", e);
    }
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "%s has %d bytes; give it 32 random bytes as base64".formatted(property, bytes.length));
    }
    return new SealingKey(bytes);
  }

  private static String idOf(byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("syris sealing key".getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest.digest(bytes), 0, ID_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
  }

  /** Tells keys apart and nothing of the key; 16 hexadecimal digits. */
  public String id() {
    return id;
  }

  /** The key itself, for the file it is kept in. */
  String base64() {
    return Base64.getEncoder().encodeToString(key.getEncoded());
  }

  /**
   * @param purpose what the bytes are for; needed again to open them
   */
  public byte[] seal(byte[] clear, String purpose) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, 0, purpose);
      byte[] sealed = new byte[HEADER_BYTES + cipher.getOutputSize(clear.length)];
      sealed[0] = VERSION;
      System.arraycopy(nonce, 0, sealed, 1, NONCE_BYTES);
      cipher.doFinal(clear, 0, clear.length, sealed, HEADER_BYTES);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM failed", e);
    }
  }

  /**
   * @throws IllegalArgumentException where the bytes were changed, sealed with another key, or for
   *     another purpose
   */
  public byte[] open(byte[] sealed, String purpose) {
    if (sealed.length < HEADER_BYTES + TAG_BITS / 8 || sealed[0] != VERSION) {
      throw new IllegalArgumentException("not sealed bytes of version " + VERSION);
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, sealed, 1, purpose);
      return cipher.doFinal(sealed, HEADER_BYTES, sealed.length - HEADER_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "sealed bytes for \"" + purpose + "\" do not open: changed, or sealed with another key",
          e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, int at, String purpose)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, at, NONCE_BYTES));
    cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  /** Never shows the key. */
  @Override
  public String toString() {
    return "SealingKey[" + id + "]";
  }
}
