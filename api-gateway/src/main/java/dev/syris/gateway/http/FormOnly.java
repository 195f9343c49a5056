package dev.syris.gateway.http;

import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Takes what a page's form sends and nothing else, for the few addresses that have a page. */
public final class FormOnly {

  private FormOnly() {}

  public static void check(HttpServletRequest request) {
    if (!form(request.getContentType())) {
      throw new ProblemException(
          CommonProblem.UNSUPPORTED_MEDIA_TYPE,
          "body.media_type",
          "send the body as application/x-www-form-urlencoded");
    }
  }

  private static boolean form(@Nullable String type) {
    try {
      return type != null
          && MediaType.APPLICATION_FORM_URLENCODED.includes(MediaType.parseMediaType(type));
    } catch (InvalidMediaTypeException e) {
      return false;
    }
  }
}
