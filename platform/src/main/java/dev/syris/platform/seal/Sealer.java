package dev.syris.platform.seal;

/**
 * Encrypts and authenticates bytes that don't say which key they were sealed with: the first key
 * seals, and whichever fits opens. Thread-safe. See docs/adr/0007.
 */
public final class Sealer {

  private final KeyRing ring;

  /**
   * @param property name of the configuration key, for the message
   * @param base64Keys 32 random bytes; after a change the former ones behind it, with commas
   * @throws IllegalArgumentException where a key is no base64 or of another length
   */
  public Sealer(String property, String base64Keys) {
    this.ring = KeyRing.parse(property, base64Keys);
  }

  /**
   * @param purpose what the bytes are for; needed again to open them
   */
  public byte[] seal(byte[] clear, String purpose) {
    return ring.current().seal(clear, purpose);
  }

  /**
   * @throws IllegalArgumentException where the bytes were changed, sealed with another key, or for
   *     another purpose
   */
  public byte[] open(byte[] sealed, String purpose) {
    IllegalArgumentException refused = null;
    for (SealingKey key : ring.keys()) {
      try {
        return key.open(sealed, purpose);
      } catch (IllegalArgumentException e) {
        refused = e;
      }
    }
    throw new IllegalArgumentException(
        refused == null ? "there is no key" : refused.getMessage(), refused);
  }
}
