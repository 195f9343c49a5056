package dev.syris.platform.health;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the gateway and a container's health check ask a service. */
@RestController
class InternalController {

  private static final Logger LOG = LoggerFactory.getLogger(InternalController.class);

  private final List<HealthProbe> probes;
  private final PrometheusMeterRegistry registry;

  InternalController(List<HealthProbe> probes, PrometheusMeterRegistry registry) {
    this.probes = probes;
    this.registry = registry;
  }

  /** {@code {"status": "up"|"down", "probes": {name: {"up": …, …}}}}; 503 where any is down. */
  @GetMapping("/internal/health")
  ResponseEntity<Map<String, Object>> health() {
    var found = new LinkedHashMap<String, Object>();
    boolean up = true;
    for (HealthProbe probe : probes) {
      HealthProbe.Result result = ask(probe);
      up &= result.up();
      var shown = new LinkedHashMap<String, Object>();
      shown.put("up", result.up());
      shown.putAll(result.details());
      found.put(probe.name(), shown);
    }
    return ResponseEntity.status(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .body(Map.of("status", up ? "up" : "down", "probes", found));
  }

  @GetMapping(value = "/internal/metrics", produces = "text/plain; version=0.0.4; charset=utf-8")
  String metrics() {
    return registry.scrape();
  }

  private static HealthProbe.Result ask(HealthProbe probe) {
    try {
      return probe.check();
    } catch (RuntimeException e) {
      LOG.debug("health probe {} failed", probe.name(), e);
      return HealthProbe.Result.down(e.getClass().getSimpleName());
    }
  }
}
