package dev.syris.task.template;

import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import dev.syris.platform.problem.ProblemException.FieldError;
import dev.syris.task.web.Bodies;
import dev.syris.task.web.Who;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes of task templates; only an administrator makes them. */
@RestController
final class TemplateController {

  private static final String ADMIN = "admin";
  private static final byte[] NOTHING = {};

  private final Templates templates;

  TemplateController(Templates templates) {
    this.templates = templates;
  }

  @PostMapping("/task-templates")
  ResponseEntity<byte[]> post(
      HttpServletRequest request, @RequestBody(required = false) byte @Nullable [] body) {
    var by = Who.actor(Who.with(ADMIN, request));
    ObjectNode plan = Bodies.object(body == null ? NOTHING : body);
    JsonNode name = plan.get("name");
    if (name == null || !name.isString()) {
      throw new ProblemException(
              CommonProblem.INVALID, "task_template.name", "a template needs a name")
          .errors(List.of(new FieldError("/name", "required", "is required")));
    }
    return answer(name.asString(), templates.create(name.asString(), plan, by));
  }

  @PutMapping("/task-templates/{name}")
  ResponseEntity<byte[]> put(
      HttpServletRequest request,
      @PathVariable String name,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody(required = false) byte @Nullable [] body) {
    var by = Who.actor(Who.with(ADMIN, request));
    ObjectNode plan = Bodies.object(body == null ? NOTHING : body);
    return answer(name, templates.put(name, plan, by, ifMatch));
  }

  @PatchMapping("/task-templates/{name}")
  ResponseEntity<byte[]> patch(
      HttpServletRequest request,
      @PathVariable String name,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody(required = false) byte @Nullable [] body) {
    var by = Who.actor(Who.with(ADMIN, request));
    ObjectNode changes = Bodies.object(body == null ? NOTHING : body);
    return answer(name, templates.patch(name, changes, by, ifMatch));
  }

  @DeleteMapping("/task-templates/{name}")
  ResponseEntity<Void> delete(
      HttpServletRequest request,
      @PathVariable String name,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    templates.delete(name, Who.actor(Who.with(ADMIN, request)), ifMatch);
    return ResponseEntity.noContent().build();
  }

  private static ResponseEntity<byte[]> answer(String name, Templates.Shown shown) {
    var answer =
        shown.created()
            ? ResponseEntity.created(URI.create("/task-templates/" + name))
            : ResponseEntity.ok();
    return answer
        .header(HttpHeaders.ETAG, shown.etag())
        .contentType(MediaType.APPLICATION_JSON)
        .body(shown.body().getBytes(StandardCharsets.UTF_8));
  }
}
