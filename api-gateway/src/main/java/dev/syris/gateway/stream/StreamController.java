package dev.syris.gateway.stream;

import dev.syris.gateway.access.Authenticator;
import dev.syris.gateway.access.Callers;
import dev.syris.gateway.access.Needs;
import dev.syris.gateway.access.Scope;
import dev.syris.gateway.http.HttpSettings;
import dev.syris.gateway.query.Follow;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /stream}. */
@RestController
final class StreamController {

  private static final Logger LOG = LoggerFactory.getLogger(StreamController.class);
  private static final String RESUME_HEADER = "Last-Event-ID";
  private static final String RESUME_PARAMETER = "last_event_id";

  private final AuditStream stream;
  private final Follow follow;
  private final Authenticator authenticator;
  private final Semaphore room;

  StreamController(
      AuditStream stream, Follow follow, Authenticator authenticator, HttpSettings settings) {
    this.stream = stream;
    this.follow = follow;
    this.authenticator = authenticator;
    this.room = new Semaphore(settings.maxStreams());
  }

  @GetMapping("/stream")
  @Needs(value = Scope.READ, checksParameters = true)
  void stream(HttpServletRequest request, HttpServletResponse response) {
    Map<String, String[]> parameters = new HashMap<>(request.getParameterMap());
    String[] resume = parameters.remove(RESUME_PARAMETER);
    refusePaging(parameters);
    Follow.Wanted wanted = Follow.wanted(parameters);
    String last = request.getHeader(RESUME_HEADER);
    long after = start(wanted, last == null && resume != null ? resume[0] : last);
    if (!room.tryAcquire()) {
      throw new ProblemException(
              CommonProblem.UNAVAILABLE,
              "stream.full",
              "too many live streams are open; close one or try again later")
          .header(HttpHeaders.RETRY_AFTER, "5");
    }
    try {
      serve(request, response, wanted, after);
    } finally {
      room.release();
    }
  }

  private void serve(
      HttpServletRequest request, HttpServletResponse response, Follow.Wanted wanted, long after) {
    response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE + ";charset=UTF-8");
    response.setHeader("X-Accel-Buffering", "no");
    if (request.getMethod().equals("HEAD")) {
      return;
    }
    String secret = Objects.requireNonNull(Callers.secretOf(request));
    try {
      var out = new EventWriter(response.getOutputStream());
      stream.serve(new AuditStream.Client(wanted, out, () -> allowed(secret)), after);
    } catch (IOException e) {
      LOG.debug("a live stream ended: {}", e.toString());
    } catch (RuntimeException e) {
      // Its answer is under way, so there is no problem to send: the client comes back and resumes.
      LOG.warn("a live stream was broken off: {}", e.toString());
    }
  }

  private boolean allowed(String secret) {
    return switch (authenticator.verify(secret)) {
      case Authenticator.Verdict.Known(var caller) -> caller.has(Scope.READ.wire());
      case Authenticator.Verdict.Unknown(),
          Authenticator.Verdict.Expired(),
          Authenticator.Verdict.Unsure() ->
          false;
    };
  }

  private long start(Follow.Wanted wanted, @Nullable String last) {
    if (last == null) {
      return follow.begin(wanted);
    }
    if (!last.matches("[0-9]{1,18}")) {
      throw refused(RESUME_PARAMETER, "must be the sequence of the last record the client has");
    }
    long sequence = Long.parseLong(last);
    if (sequence > follow.head()) {
      throw refused(RESUME_PARAMETER, "is beyond the newest record: it is of another trail");
    }
    return sequence;
  }

  private static void refusePaging(Map<String, String[]> parameters) {
    for (String name : new String[] {"limit", "cursor"}) {
      if (parameters.containsKey(name)) {
        throw refused(name, "is not a parameter of a live stream");
      }
    }
  }

  private static ProblemException refused(String parameter, String reason) {
    return new ProblemException(
            CommonProblem.BAD_PARAMETER,
            "parameter.refused",
            "the parameter \"" + parameter + "\" " + reason)
        .with("parameter", parameter);
  }
}
