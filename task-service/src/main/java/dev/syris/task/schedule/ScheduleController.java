package dev.syris.task.schedule;

import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import dev.syris.task.document.DocumentDoor;
import dev.syris.task.document.Documents;
import dev.syris.task.web.Bodies;
import dev.syris.task.web.Who;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Schedules, and when they will be due. */
@RestController
final class ScheduleController {

  private static final int MOST_UPCOMING = 1_000;

  private final DocumentDoor door;
  private final ScheduleTable table;
  private final ScheduleRules rules;
  private final PlanReader reader;
  private final InstantSource clock;

  ScheduleController(
      @Qualifier("scheduleDocuments") Documents documents,
      ScheduleTable table,
      ScheduleRules rules,
      PlanReader reader,
      InstantSource clock) {
    this.door = new DocumentDoor(documents);
    this.table = table;
    this.rules = rules;
    this.reader = reader;
    this.clock = clock;
  }

  @PostMapping("/schedules")
  ResponseEntity<byte[]> post(
      HttpServletRequest request, @RequestBody(required = false) byte @Nullable [] body) {
    return door.post(request, body);
  }

  @PutMapping("/schedules/{id}")
  ResponseEntity<byte[]> put(
      HttpServletRequest request,
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody(required = false) byte @Nullable [] body) {
    return door.put(request, id, ifMatch, body);
  }

  @PatchMapping("/schedules/{id}")
  ResponseEntity<byte[]> patch(
      HttpServletRequest request,
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody(required = false) byte @Nullable [] body) {
    return door.patch(request, id, ifMatch, body);
  }

  @DeleteMapping("/schedules/{id}")
  ResponseEntity<Void> delete(
      HttpServletRequest request,
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    return door.delete(request, id, ifMatch);
  }

  @GetMapping("/schedules/{id}/upcoming")
  ResponseEntity<ObjectNode> upcoming(
      HttpServletRequest request,
      @PathVariable String id,
      @RequestParam(name = "n", defaultValue = "10") String n) {
    Who.with("read", request);
    int count = count(n);
    Scheduled schedule =
        table
            .find(id)
            .orElseThrow(
                () ->
                    new ProblemException(
                        CommonProblem.NOT_FOUND,
                        "schedule.not_found",
                        "there is no schedule " + id));
    return json(Upcoming.of(schedule.plan(), schedule.recurrence(), schedule.next(), count));
  }

  @PostMapping("/schedules/upcoming")
  ResponseEntity<ObjectNode> upcomingOfUnsaved(
      HttpServletRequest request,
      @RequestParam(name = "n", defaultValue = "10") String n,
      @RequestBody(required = false) byte @Nullable [] body) {
    Who.with("read", request);
    int count = count(n);
    ObjectNode given = Bodies.optional(body == null ? new byte[0] : body);
    if (!given.has("name")) {
      given.put("name", "unsaved");
    }
    Plan plan = reader.kept(rules.accept(given));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Recurrence recurrence = plan.when().recurrence(now);
    return json(Upcoming.of(plan, recurrence, recurrence.after(now).orElse(null), count));
  }

  private static int count(String n) {
    if (!n.matches("[0-9]{1,4}")
        || Integer.parseInt(n) < 1
        || Integer.parseInt(n) > MOST_UPCOMING) {
      throw new ProblemException(
          CommonProblem.MALFORMED,
          "parameter.invalid",
          "n must be a whole number from 1 to %d".formatted(MOST_UPCOMING));
    }
    return Integer.parseInt(n);
  }

  private static ResponseEntity<ObjectNode> json(ObjectNode body) {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
  }
}
