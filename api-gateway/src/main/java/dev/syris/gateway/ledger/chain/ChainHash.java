package dev.syris.gateway.ledger.chain;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.syris.contracts.id.Uuids;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** A link of the chain: SHA-256 of the link before and the bytes of a body. Immutable. */
public final class ChainHash {

  public static final int BYTES = 32;

  /** What the first row follows. */
  public static final ChainHash GENESIS = new ChainHash(new byte[BYTES]);

  private final byte[] bytes;

  private ChainHash(byte[] bytes) {
    this.bytes = bytes;
  }

  public static ChainHash of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a hash has " + BYTES + " bytes, not " + bytes.length);
    }
    return new ChainHash(bytes.clone());
  }

  /** The hash of a row with this body that follows this one. */
  public ChainHash next(byte[] body) {
    MessageDigest digest = Uuids.sha256();
    digest.update(bytes);
    return new ChainHash(digest.digest(body));
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  @JsonValue
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChainHash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return hex();
  }
}
