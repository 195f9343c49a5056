package dev.syris.ingest.webhook;

import dev.syris.ingest.http.Door;
import dev.syris.ingest.http.IngestProblem;
import dev.syris.ingest.http.Reading;
import dev.syris.ingest.http.RequestBody;
import dev.syris.ingest.http.Traces;
import dev.syris.platform.assertion.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /webhooks/{connector_id}}: a delivery that proves where it comes from becomes one raw
 * event.
 */
@RestController
final class WebhookController {

  private final Door door;
  private final WebhookAdapters adapters;
  private final InstantSource clock;

  WebhookController(Door door, WebhookAdapters adapters, InstantSource clock) {
    this.door = door;
    this.adapters = adapters;
    this.clock = clock;
  }

  @PostMapping("/webhooks/{connectorId}")
  ResponseEntity<Object> post(@PathVariable String connectorId, HttpServletRequest request) {
    return door.pass("webhook", request, () -> read(connectorId, request));
  }

  private Reading read(String connectorId, HttpServletRequest request) {
    Optional<WebhookAdapter> adapter = adapters.of(connectorId);
    if (adapter.isEmpty()) {
      return new Reading.Refused(
          IngestProblem.UNKNOWN_CONNECTOR,
          "webhook.unknown_connector",
          "no connector of this id is declared for HTTP; declare it under syris.ingest.connectors");
    }
    var delivery =
        new Delivery(
            new ServletServerHttpRequest(request).getHeaders(),
            RequestBody.read(request),
            Caller.of(request),
            clock.instant());
    return adapter.get().receive(delivery, Traces.of(request));
  }
}
