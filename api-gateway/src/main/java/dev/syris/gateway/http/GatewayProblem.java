package dev.syris.gateway.http;

import dev.syris.contracts.json.StorableText;
import dev.syris.platform.problem.ProblemType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The kinds of problem only the gateway knows. */
public enum GatewayProblem implements ProblemType {
  MISDIRECTED(HttpStatus.MISDIRECTED_REQUEST, "This gateway does not answer to that Host"),
  TOO_SLOW(HttpStatus.REQUEST_TIMEOUT, "The body took too long to arrive");

  private final HttpStatus status;
  private final String title;

  GatewayProblem(HttpStatus status, String title) {
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

  /** Text from outside, made fit to show in a message. */
  public static String shown(@Nullable String text) {
    return text == null ? "" : StorableText.shown(text, 64);
  }
}
