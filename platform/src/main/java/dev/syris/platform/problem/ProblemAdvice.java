package dev.syris.platform.problem;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns whatever ends a request into a problem with a stable type and code. */
@RestControllerAdvice
public class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
  private static final String RETRY_SECONDS = "1";

  @ExceptionHandler(ProblemException.class)
  ResponseEntity<ProblemDetail> problem(ProblemException problem) {
    return ResponseEntity.status(problem.type().status())
        .headers(problem.headers())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem.toProblemDetail());
  }

  @ExceptionHandler({
    CannotCreateTransactionException.class,
    DataAccessResourceFailureException.class,
    TransientDataAccessException.class,
    QueryTimeoutException.class
  })
  ResponseEntity<ProblemDetail> databaseAway(Exception e) {
    LOG.warn("the database did not answer: {}", e.getMessage());
    return problem(
        new ProblemException(
                CommonProblem.UNAVAILABLE,
                "database.unavailable",
                "the database does not answer; try again shortly")
            .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS));
  }

  @ExceptionHandler(Exception.class)
  ResponseEntity<ProblemDetail> unexpected(Exception e) {
    LOG.error("a request failed in a way nobody planned for", e);
    return problem(
        new ProblemException(
            CommonProblem.INTERNAL, "the request failed; the service's log says why"));
  }

  @Override
  protected ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return answer(CommonProblem.MALFORMED, "the body is not the JSON this address takes", headers);
  }

  /** What Spring itself refuses: named after the status, with Spring's own sentence. */
  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception e,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    String detail = body instanceof ProblemDetail problem ? problem.getDetail() : e.getMessage();
    return answer(kindOf(status), detail == null ? "the request was refused" : detail, headers);
  }

  private static ResponseEntity<Object> answer(
      CommonProblem type, String detail, HttpHeaders headers) {
    return ResponseEntity.status(type.status())
        .headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(Problems.of(type, type.code(), detail));
  }

  private static CommonProblem kindOf(HttpStatusCode status) {
    return switch (status.value()) {
      case 400 -> CommonProblem.MALFORMED;
      case 401 -> CommonProblem.UNAUTHENTICATED;
      case 403 -> CommonProblem.FORBIDDEN;
      case 404 -> CommonProblem.NOT_FOUND;
      case 405 -> CommonProblem.METHOD_NOT_ALLOWED;
      case 406 -> CommonProblem.NOT_ACCEPTABLE;
      case 409 -> CommonProblem.CONFLICT;
      case 413 -> CommonProblem.TOO_LARGE;
      case 415 -> CommonProblem.UNSUPPORTED_MEDIA_TYPE;
      case 422 -> CommonProblem.INVALID;
      case 503 -> CommonProblem.UNAVAILABLE;
      default -> CommonProblem.INTERNAL;
    };
  }
}
