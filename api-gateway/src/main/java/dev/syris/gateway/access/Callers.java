package dev.syris.gateway.access;

import dev.syris.platform.assertion.Caller;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** What the filter found out about a request's caller. */
public final class Callers {

  private Callers() {}

  /** The caller the filter let in. */
  public static Caller of(HttpServletRequest request) {
    if (request.getAttribute(AccessFilter.CALLER) instanceof Caller caller) {
      return caller;
    }
    throw new IllegalStateException("this request did not pass the access filter");
  }

  /** The secret the caller presented; null where there was none. */
  public static @Nullable String secretOf(HttpServletRequest request) {
    return AccessFilter.secret(request);
  }
}
