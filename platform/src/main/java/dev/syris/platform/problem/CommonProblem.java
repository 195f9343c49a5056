package dev.syris.platform.problem;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/** The kinds every service knows. */
public enum CommonProblem implements ProblemType {
  MALFORMED(HttpStatus.BAD_REQUEST, "The request cannot be read"),
  BAD_PARAMETER(HttpStatus.BAD_REQUEST, "A parameter is unknown or has a wrong value"),
  UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "Who calls is not known"),
  FORBIDDEN(HttpStatus.FORBIDDEN, "The caller may not do this"),
  NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such thing"),
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The method is not offered here"),
  NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "No representation the client accepts"),
  CONFLICT(HttpStatus.CONFLICT, "The thing is in another state"),
  PRECONDITION_FAILED(HttpStatus.PRECONDITION_FAILED, "The thing was changed meanwhile"),
  TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(
      HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body's media type is not understood"),
  INVALID(HttpStatus.UNPROCESSABLE_CONTENT, "The content is well-formed but wrong"),
  IDEMPOTENCY_CONFLICT(
      HttpStatus.UNPROCESSABLE_CONTENT, "The idempotency key was used for another request"),
  UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "A part that is needed is not available now"),
  INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Something failed inside");

  private final HttpStatus status;
  private final String title;

  CommonProblem(HttpStatus status, String title) {
    this.status = status;
    this.title = title;
  }

  @Override
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public HttpStatus status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }
}
