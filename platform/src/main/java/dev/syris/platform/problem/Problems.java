package dev.syris.platform.problem;

import dev.syris.contracts.json.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;

/** Makes problem details, and writes them where no controller is there to do it. */
public final class Problems {

  private Problems() {}

  public static ProblemDetail of(ProblemType type, String code, @Nullable String detail) {
    ProblemDetail problem = ProblemDetail.forStatus(type.status());
    problem.setType(URI.create(type.uri()));
    problem.setTitle(type.title());
    problem.setDetail(detail);
    problem.setProperty("code", code);
    return problem;
  }

  /** For filters, which run before any advice can. */
  public static void write(HttpServletResponse response, ProblemException problem)
      throws IOException {
    ProblemDetail detail = problem.toProblemDetail();
    response.setStatus(detail.getStatus());
    problem
        .headers()
        .forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    var body = new LinkedHashMap<String, Object>();
    body.put("type", problem.type().uri());
    body.put("title", problem.type().title());
    body.put("status", detail.getStatus());
    if (detail.getDetail() != null) {
      body.put("detail", detail.getDetail());
    }
    if (detail.getProperties() != null) {
      body.putAll(detail.getProperties());
    }
    response.getOutputStream().write(Json.bytes(body));
  }
}
