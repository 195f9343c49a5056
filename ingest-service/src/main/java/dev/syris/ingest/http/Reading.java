package dev.syris.ingest.http;

import dev.syris.contracts.event.RawEventProblem;
import dev.syris.ingest.intake.Stimulus;
import dev.syris.platform.problem.ProblemException;
import dev.syris.platform.problem.ProblemException.FieldError;
import dev.syris.platform.problem.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** What a door made of a request. */
public sealed interface Reading {

  /**
   * It may come in.
   *
   * @param body as it was sent
   * @param array whether the client sent an array and gets one back
   */
  record Stimuli(byte[] body, List<Stimulus> stimuli, boolean array) implements Reading {}

  /**
   * It may not.
   *
   * @param code dotted and stable
   * @param detail a sentence for a person
   * @param problems the places in the body, where there are such
   * @param challenge value of {@code WWW-Authenticate}
   */
  record Refused(
      ProblemType type,
      String code,
      String detail,
      List<RawEventProblem> problems,
      @Nullable String challenge)
      implements Reading {

    private static final String RETRY_SECONDS = "30";

    public Refused(ProblemType type, String code, String detail) {
      this(type, code, detail, List.of(), null);
    }

    public Refused(ProblemType type, String code, String detail, List<RawEventProblem> problems) {
      this(type, code, detail, problems, null);
    }

    public Refused challenging(String scheme) {
      return new Refused(type, code, detail, problems, scheme);
    }

    ProblemException toProblem() {
      var problem = new ProblemException(type, code, detail);
      if (!problems.isEmpty()) {
        problem.errors(
            problems.stream()
                .map(one -> new FieldError(one.pointer(), one.code(), one.message()))
                .toList());
      }
      if (type.status() == HttpStatus.SERVICE_UNAVAILABLE) {
        problem.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
      }
      return challenge == null ? problem : problem.header(HttpHeaders.WWW_AUTHENTICATE, challenge);
    }
  }
}
