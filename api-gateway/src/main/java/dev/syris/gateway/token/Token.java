package dev.syris.gateway.token;

import dev.syris.platform.assertion.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A token without its secret.
 *
 * @param toolScopes what its tool calls may use; everything where null
 * @param expiresAt never where null
 */
record Token(
    UUID id,
    String name,
    byte[] hash,
    Set<String> scopes,
    @Nullable List<String> toolScopes,
    Origin origin,
    @Nullable UUID createdBy,
    Instant createdAt,
    @Nullable Instant expiresAt) {

  /** How a token came to be. */
  enum Origin {
    FIRST_START,
    ENVIRONMENT,
    API
  }

  Token {
    scopes = Set.copyOf(scopes);
    toolScopes = toolScopes == null ? null : List.copyOf(toolScopes);
  }

  boolean expired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  /** True for one that keeps the operator from being locked out: it may do everything, for good. */
  boolean keepsTheDoorOpen() {
    return scopes.contains("admin") && expiresAt == null;
  }

  Caller caller() {
    return new Caller(id.toString(), name, scopes, toolScopes);
  }

  /** Never shows the hash. */
  @Override
  public String toString() {
    return "Token[id=%s, name=%s, scopes=%s]".formatted(id, name, scopes);
  }
}
