package dev.syris.ingest.http;

import dev.syris.platform.problem.ProblemType;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** The kinds of problem only the door has. */
public enum IngestProblem implements ProblemType {
  UNKNOWN_CONNECTOR(HttpStatus.NOT_FOUND, "No webhook is declared for this connector"),
  WEBHOOK_REFUSED(HttpStatus.UNAUTHORIZED, "The delivery did not prove where it comes from"),
  SECRET_UNAVAILABLE(
      HttpStatus.SERVICE_UNAVAILABLE,
      "The connector's secret is not there to check a delivery with"),
  BROKER_UNAVAILABLE(
      HttpStatus.SERVICE_UNAVAILABLE, "Nothing was accepted; the broker does not take events now"),
  BROKER_IN_DOUBT(
      HttpStatus.SERVICE_UNAVAILABLE, "The broker did not say whether it has the events");

  private final HttpStatus status;
  private final String title;

  IngestProblem(HttpStatus status, String title) {
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
