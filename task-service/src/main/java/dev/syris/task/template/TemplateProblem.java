package dev.syris.task.template;

import dev.syris.platform.problem.ProblemType;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** What can be wrong with a change of a template, beside what is common. */
enum TemplateProblem implements ProblemType {
  PRECONDITION_FAILED(HttpStatus.PRECONDITION_FAILED, "The thing was changed meanwhile");

  private final HttpStatus status;
  private final String title;

  TemplateProblem(HttpStatus status, String title) {
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
