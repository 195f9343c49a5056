package dev.syris.gateway.http;

import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * Takes JSON and nothing else, which also keeps a page's form from being sent here. Not a condition
 * of the mapping: that would hide the address, and with it what it declares, from whoever sends
 * another type.
 */
public final class JsonOnly {

  private JsonOnly() {}

  public static void check(HttpServletRequest request) {
    if (!json(request.getContentType())) {
      throw new ProblemException(
          CommonProblem.UNSUPPORTED_MEDIA_TYPE,
          "body.media_type",
          "send the body as application/json");
    }
  }

  /** The same where there is a body at all. */
  public static void checkIfAny(HttpServletRequest request) {
    if (ReceivedBody.of(request).length > 0) {
      check(request);
    }
  }

  private static boolean json(@Nullable String type) {
    try {
      return type != null && MediaType.APPLICATION_JSON.includes(MediaType.parseMediaType(type));
    } catch (InvalidMediaTypeException e) {
      return false;
    }
  }
}
