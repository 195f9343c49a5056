package dev.syris.ingest.http;

import dev.syris.contracts.event.RawEventReader;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpHeaders;

/** Reads a request's bytes, and never more of them than are allowed. */
public final class RequestBody {

  public static final int MAX_BYTES = RawEventReader.MAX_BYTES;

  private RequestBody() {}

  /**
   * The bytes as they were sent.
   *
   * @throws ProblemException 413 over the limit, 415 for a compressed body, 400 where the
   *     connection broke
   */
  public static byte[] read(HttpServletRequest request) {
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new ProblemException(
          CommonProblem.UNSUPPORTED_MEDIA_TYPE,
          "body.compressed",
          "send the body as it is, without Content-Encoding");
    }
    if (request.getContentLengthLong() > MAX_BYTES) {
      throw tooLarge();
    }
    byte[] body;
    try {
      body = request.getInputStream().readNBytes(MAX_BYTES + 1);
    } catch (IOException _) {
      throw new ProblemException(
          CommonProblem.MALFORMED, "body.incomplete", "the body ended before it was complete");
    }
    if (body.length > MAX_BYTES) {
      throw tooLarge();
    }
    return body;
  }

  private static ProblemException tooLarge() {
    return new ProblemException(
        CommonProblem.TOO_LARGE,
        "body.too_large",
        "the body is over %d bytes, which is the limit".formatted(MAX_BYTES));
  }
}
