package dev.syris.platform.assertion;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.HashSet;
import java.util.List;

/**
 * Signs and checks short-lived statements of who calls which address. JWT (RFC 7519) with HS256.
 * Thread-safe.
 */
public final class CallerAssertion {

  public static final String HEADER = "Syris-Assertion";

  /** Long enough for a slow hop, too short to be worth stealing. */
  public static final Duration LIFETIME = Duration.ofSeconds(30);

  private static final int MIN_KEY_BYTES = 32;

  private final InstantSource clock;
  private final MACSigner signer;
  private final MACVerifier verifier;

  /**
   * @param base64Key at least 32 random bytes
   * @throws IllegalArgumentException where the key is missing, no base64, or short
   */
  public CallerAssertion(String base64Key, InstantSource clock) {
    byte[] key = Base64.getDecoder().decode(base64Key);
    if (key.length < MIN_KEY_BYTES) {
      throw new IllegalArgumentException(
          "syris.assertion.key has " + key.length + " bytes; it needs at least 32, as base64");
    }
    this.clock = clock;
    try {
      this.signer = new MACSigner(key);
      this.verifier = new MACVerifier(key);
    } catch (JOSEException e) {
      throw new IllegalArgumentException("syris.assertion.key cannot be used for HMAC-SHA256", e);
    }
  }

  /** The header's value for one request. */
  public String sign(Caller caller, String method, String path) {
    Instant now = clock.instant();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .subject(caller.tokenId())
            .claim("name", caller.name())
            .claim("scopes", List.copyOf(caller.scopes()))
            .claim("tool_scopes", caller.toolScopes())
            .claim("method", method)
            .claim("path", path)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFETIME)))
            .build();
    try {
      var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("could not sign an assertion", e);
    }
  }

  /** What checking an assertion gives. */
  public sealed interface Result {
    /** Signed by us, fresh, for this request. */
    record Valid(Caller caller) implements Result {}

    /** Not to be believed; the reason is safe to show. */
    record Refused(String reason) implements Result {}
  }

  public Result verify(String header, String method, String path) {
    try {
      SignedJWT token = SignedJWT.parse(header);
      if (!JWSAlgorithm.HS256.equals(token.getHeader().getAlgorithm()) || !token.verify(verifier)) {
        return new Result.Refused("the assertion's signature is wrong");
      }
      return check(token.getJWTClaimsSet(), method, path);
    } catch (ParseException | JOSEException e) {
      return new Result.Refused("the assertion cannot be read");
    }
  }

  private Result check(JWTClaimsSet claims, String method, String path) throws ParseException {
    Date expires = claims.getExpirationTime();
    if (expires == null || !clock.instant().isBefore(expires.toInstant())) {
      return new Result.Refused("the assertion has expired");
    }
    boolean here =
        method.equals(claims.getStringClaim("method"))
            && path.equals(claims.getStringClaim("path"));
    if (!here) {
      return new Result.Refused("the assertion is for another request");
    }
    List<String> scopes = claims.getStringListClaim("scopes");
    return new Result.Valid(
        new Caller(
            claims.getSubject(),
            claims.getStringClaim("name"),
            scopes == null ? new HashSet<>() : new HashSet<>(scopes),
            claims.getStringListClaim("tool_scopes")));
  }
}
