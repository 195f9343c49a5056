package dev.syris.gateway.openapi;

import dev.syris.gateway.access.Needs;
import dev.syris.gateway.access.Scope;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /openapi.json}. */
@RestController
public final class OpenApiController {

  private static final Resource DOCUMENT =
      new ClassPathResource("openapi.json", OpenApiController.class.getClassLoader());

  @GetMapping("/openapi.json")
  @Needs(Scope.READ)
  ResponseEntity<Resource> document() {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(DOCUMENT);
  }
}
