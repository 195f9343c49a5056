package dev.syris.ingest.events;

import dev.syris.contracts.id.TraceId;
import dev.syris.ingest.http.Door;
import dev.syris.ingest.http.JsonOnly;
import dev.syris.ingest.http.Reading;
import dev.syris.ingest.http.RequestBody;
import dev.syris.ingest.http.Traces;
import dev.syris.platform.assertion.Caller;
import dev.syris.platform.problem.CommonProblem;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /events}: a raw event or an array of at most 500, all or nothing. Needs the scope
 * {@code ingest}.
 */
@RestController
final class EventsController {

  private static final String SCOPE = "ingest";

  private final Door door;
  private final EventsReader reader;

  EventsController(Door door, EventsReader reader) {
    this.door = door;
    this.reader = reader;
  }

  @PostMapping("/events")
  ResponseEntity<Object> post(HttpServletRequest request) {
    return door.pass("events", request, () -> read(request));
  }

  private Reading read(HttpServletRequest request) {
    if (!Caller.of(request).has(SCOPE)) {
      return new Reading.Refused(
          CommonProblem.FORBIDDEN,
          "scope.missing",
          "this token has not the scope ingest; use one that has it");
    }
    JsonOnly.check(request);
    @Nullable TraceId trace = Traces.of(request);
    return reader.read(RequestBody.read(request), trace);
  }
}
