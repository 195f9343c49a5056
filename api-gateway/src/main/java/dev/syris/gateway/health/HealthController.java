package dev.syris.gateway.health;

import dev.syris.gateway.access.Needs;
import dev.syris.gateway.access.Open;
import dev.syris.gateway.access.Scope;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /health}, {@code /state} and {@code /metrics}. */
@RestController
final class HealthController {

  private final SystemState state;
  private final AllMeters meters;

  HealthController(SystemState state, AllMeters meters) {
    this.state = state;
    this.meters = meters;
  }

  @GetMapping("/health")
  @Open(because = "whoever starts or watches the system has no token yet")
  ResponseEntity<Health> health() {
    Health health = state.health();
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(health.down() ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.OK);
    if (health.down()) {
      answer.header(HttpHeaders.RETRY_AFTER, "1");
    }
    return answer.contentType(MediaType.APPLICATION_JSON).body(health);
  }

  @GetMapping("/state")
  @Needs(Scope.READ)
  ResponseEntity<Map<String, Object>> state() {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(state.state());
  }

  @GetMapping("/metrics")
  @Needs(Scope.READ)
  ResponseEntity<String> metrics() {
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
        .body(meters.text());
  }
}
