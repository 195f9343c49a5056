package dev.syris.task.rule;

import dev.syris.task.document.DocumentDoor;
import dev.syris.task.document.Documents;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
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

/** Changes of rules. */
@RestController
final class RuleController {

  private final DocumentDoor door;

  RuleController(@Qualifier("ruleDocuments") Documents documents) {
    this.door = new DocumentDoor(documents);
  }

  @PostMapping("/rules")
  ResponseEntity<byte[]> post(
      HttpServletRequest request, @RequestBody(required = false) byte @Nullable [] body) {
    return door.post(request, body);
  }

  @PutMapping("/rules/{id}")
  ResponseEntity<byte[]> put(
      HttpServletRequest request,
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody(required = false) byte @Nullable [] body) {
    return door.put(request, id, ifMatch, body);
  }

  @PatchMapping("/rules/{id}")
  ResponseEntity<byte[]> patch(
      HttpServletRequest request,
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody(required = false) byte @Nullable [] body) {
    return door.patch(request, id, ifMatch, body);
  }

  @DeleteMapping("/rules/{id}")
  ResponseEntity<Void> delete(
      HttpServletRequest request,
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    return door.delete(request, id, ifMatch);
  }
}
