package dev.syris.gateway.http;

import dev.syris.contracts.json.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * What the server itself refuses (a broken request line, headers too large) as a problem: no page,
 * version or stack.
 */
public final class ProblemErrorValve extends ErrorReportValve {

  /** For the server, which makes it by name. */
  public ProblemErrorValve() {
    setShowReport(false);
    setShowServerInfo(false);
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    try {
      response.setContentType("application/problem+json");
      response.getOutputStream().write(Json.bytes(problem(status)));
      response.finishResponse();
    } catch (IOException | IllegalStateException e) {
      // The client is gone, or the answer is under way: nobody is there to be told.
      container.getLogger().debug("could not report status " + status, e);
    }
  }

  private static LinkedHashMap<String, Object> problem(int status) {
    HttpStatus known = HttpStatus.resolve(status);
    String slug =
        known == null
            ? "refused"
            : known.getReasonPhrase().toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
    var problem = new LinkedHashMap<String, Object>();
    problem.put("type", "urn:syris:problem:" + slug);
    problem.put("title", known == null ? "The request was refused" : known.getReasonPhrase());
    problem.put("status", status);
    problem.put("code", "http." + slug.replace('-', '_'));
    return problem;
  }
}
