package dev.syris.platform.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;

/** Ends a request with a problem. A web shell throws it; the core returns rejections as values. */
public final class ProblemException extends RuntimeException {

  private final ProblemType type;
  private final String code;
  private final Map<String, Object> properties = new LinkedHashMap<>();
  private final HttpHeaders headers = new HttpHeaders();

  public ProblemException(ProblemType type, String code, String detail) {
    super(detail, null, false, false);
    this.type = type;
    this.code = code;
  }

  public ProblemException(ProblemType type, String detail) {
    this(type, type.code(), detail);
  }

  /** One thing wrong in a body: where (JSON pointer), a stable code, a sentence. */
  public record FieldError(String pointer, String code, String message) {}

  public ProblemException with(String name, Object value) {
    properties.put(name, value);
    return this;
  }

  public ProblemException errors(List<FieldError> errors) {
    return with("errors", errors);
  }

  public ProblemException header(String name, String value) {
    headers.set(name, value);
    return this;
  }

  public ProblemType type() {
    return type;
  }

  public String code() {
    return code;
  }

  public HttpHeaders headers() {
    return headers;
  }

  public ProblemDetail toProblemDetail() {
    ProblemDetail problem = Problems.of(type, code, getMessage());
    properties.forEach(problem::setProperty);
    return problem;
  }
}
