package dev.syris.platform.assertion;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as the gateway vouches for it.
 *
 * @param tokenId id of the token; {@code anonymous} where the address needs none
 * @param name the token's name
 * @param scopes of {@code read, ingest, call, approve, admin}
 * @param toolScopes what its tool calls may use; everything where null
 */
public record Caller(
    String tokenId, String name, Set<String> scopes, @Nullable List<String> toolScopes) {

  private static final List<String> EVERYTHING = List.of("*");

  public static final Caller ANONYMOUS = new Caller("anonymous", "anonymous", Set.of());

  static final String ATTRIBUTE = Caller.class.getName();

  public Caller {
    scopes = Set.copyOf(scopes);
    toolScopes = toolScopes == null ? null : List.copyOf(toolScopes);
  }

  /** A caller whose tool calls may use everything. */
  public Caller(String tokenId, String name, Set<String> scopes) {
    this(tokenId, name, scopes, null);
  }

  /** What its tool calls are granted. */
  public List<String> grantedToolScopes() {
    return toolScopes == null ? EVERYTHING : toolScopes;
  }

  /** True where the scope, or {@code admin}, is among the caller's. */
  public boolean has(String scope) {
    return scopes.contains(scope) || scopes.contains("admin");
  }

  /** The caller of a request that passed the filter. */
  public static Caller of(HttpServletRequest request) {
    @Nullable Object caller = request.getAttribute(ATTRIBUTE);
    if (caller instanceof Caller known) {
      return known;
    }
    throw new IllegalStateException("this request did not pass the assertion filter");
  }
}
