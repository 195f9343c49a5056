package dev.syris.task.template;

import dev.syris.task.document.DocumentDoor;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Changes of task templates. */
@RestController
final class TemplateController {

  private final DocumentDoor door;

  TemplateController(Templates templates) {
    this.door = new DocumentDoor(templates.documents());
  }

  @PostMapping("/task-templates")
  ResponseEntity<byte[]> post(
      HttpServletRequest request, @RequestBody(required = false) byte @Nullable [] body) {
    return door.post(request, body);
  }

  @PutMapping("/task-templates/{name}")
  ResponseEntity<byte[]> put(
      HttpServletRequest request,
      @PathVariable String name,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody(required = false) byte @Nullable [] body) {
    return door.put(request, name, ifMatch, body);
  }

  @PatchMapping("/task-templates/{name}")
  ResponseEntity<byte[]> patch(
      HttpServletRequest request,
      @PathVariable String name,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody(required = false) byte @Nullable [] body) {
    return door.patch(request, name, ifMatch, body);
  }

  @DeleteMapping("/task-templates/{name}")
  ResponseEntity<Void> delete(
      HttpServletRequest request,
      @PathVariable String name,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    return door.delete(request, name, ifMatch);
  }
}
