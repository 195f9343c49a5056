package dev.syris.task.start;

import dev.syris.contracts.id.TaskId;
import dev.syris.contracts.id.TraceParent;
import dev.syris.contracts.json.StorableText;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import dev.syris.platform.problem.ProblemException.FieldError;
import dev.syris.task.engine.TaskCommands;
import dev.syris.task.engine.TaskViews;
import dev.syris.task.web.Bodies;
import dev.syris.task.web.Who;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Starts tasks and takes orders about them. Needs the scope {@code call}. */
@RestController
final class TaskController {

  private static final String SCOPE = "call";
  private static final int MAX_KEY = 255;
  private static final int MAX_REASON = 500;
  private static final byte[] NOTHING = {};

  private final TaskStarts starts;
  private final TaskCommands commands;
  private final TaskViews views;

  TaskController(TaskStarts starts, TaskCommands commands, TaskViews views) {
    this.starts = starts;
    this.commands = commands;
    this.views = views;
  }

  @PostMapping("/tasks")
  ResponseEntity<byte[]> post(
      HttpServletRequest request,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
      @RequestHeader(name = TraceParent.HEADER, required = false) @Nullable String traceparent,
      @RequestBody(required = false) byte @Nullable [] body) {
    var caller = Who.with(SCOPE, request);
    if (key != null && (key.isBlank() || key.length() > MAX_KEY)) {
      throw new ProblemException(
          CommonProblem.MALFORMED,
          "idempotency.bad_key",
          "the Idempotency-Key must have from 1 to %d characters".formatted(MAX_KEY));
    }
    var trace = traceparent == null ? null : TraceParent.parse(traceparent).orElse(null);
    TaskId task = starts.start(caller, body == null ? NOTHING : body, trace, key);
    return ResponseEntity.created(URI.create("/tasks/" + task))
        .contentType(MediaType.APPLICATION_JSON)
        .body(views.task(task));
  }

  @PostMapping("/tasks/{id}/pause")
  ResponseEntity<byte[]> pause(HttpServletRequest request, @PathVariable String id) {
    TaskId task = id(id);
    commands.pause(task, Who.actor(Who.with(SCOPE, request)));
    return accepted(task);
  }

  @PostMapping("/tasks/{id}/resume")
  ResponseEntity<byte[]> resume(HttpServletRequest request, @PathVariable String id) {
    TaskId task = id(id);
    commands.resume(task, Who.actor(Who.with(SCOPE, request)));
    return accepted(task);
  }

  @PostMapping("/tasks/{id}/cancel")
  ResponseEntity<byte[]> cancel(
      HttpServletRequest request,
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    TaskId task = id(id);
    var by = Who.actor(Who.with(SCOPE, request));
    commands.cancel(task, by, text(body, "reason"));
    return accepted(task);
  }

  @PostMapping("/tasks/{id}/retry")
  ResponseEntity<byte[]> retry(
      HttpServletRequest request,
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    TaskId task = id(id);
    var by = Who.actor(Who.with(SCOPE, request));
    commands.retry(task, by, text(body, "from_step"));
    return accepted(task);
  }

  private ResponseEntity<byte[]> accepted(TaskId task) {
    return ResponseEntity.status(HttpStatus.ACCEPTED)
        .contentType(MediaType.APPLICATION_JSON)
        .body(views.task(task));
  }

  private static @Nullable String text(byte @Nullable [] body, String name) {
    ObjectNode given = Bodies.optional(body == null ? NOTHING : body);
    JsonNode text = given.get(name);
    if (text == null || text.isNull()) {
      return null;
    }
    if (!text.isString() || text.asString().isBlank() || text.asString().length() > MAX_REASON) {
      throw new ProblemException(
              CommonProblem.INVALID,
              "%s must be a text of 1 to %d characters".formatted(name, MAX_REASON))
          .errors(
              List.of(
                  new FieldError(
                      "/" + name,
                      "format",
                      "must be a text of 1 to %d characters".formatted(MAX_REASON))));
    }
    return text.asString();
  }

  private static TaskId id(String text) {
    try {
      return TaskId.parse(text);
    } catch (IllegalArgumentException _) {
      throw new ProblemException(
          CommonProblem.NOT_FOUND,
          "task.not_found",
          "that is no task's id: " + StorableText.shown(text, 64));
    }
  }
}
