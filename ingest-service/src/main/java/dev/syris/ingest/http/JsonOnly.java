package dev.syris.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Lets only {@code application/json} in UTF-8 pass. */
public final class JsonOnly {

  private JsonOnly() {}

  /**
   * Checks the content type.
   *
   * @throws ProblemException 415 for anything else
   */
  public static void check(HttpServletRequest request) {
    if (!isJson(request.getContentType())) {
      throw new ProblemException(
          CommonProblem.UNSUPPORTED_MEDIA_TYPE,
          "send JSON in UTF-8 and say so: Content-Type: application/json");
    }
  }

  private static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    try {
      MediaType type = MediaType.parseMediaType(contentType);
      return type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)
          && (type.getCharset() == null || type.getCharset().equals(UTF_8));
    } catch (InvalidMediaTypeException _) {
      return false;
    }
  }
}
