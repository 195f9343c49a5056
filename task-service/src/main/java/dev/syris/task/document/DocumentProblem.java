package dev.syris.task.document;

import dev.syris.platform.problem.ProblemType;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** What can be wrong with a change of a document, beside what is common. */
enum DocumentProblem implements ProblemType {
  PRECONDITION_FAILED(HttpStatus.PRECONDITION_FAILED, "The thing was changed meanwhile");

  private final HttpStatus status;
  private final String title;

  DocumentProblem(HttpStatus status, String title) {
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
