package dev.syris.gateway.forward;

import dev.syris.gateway.access.Needs;
import dev.syris.gateway.access.Open;
import dev.syris.gateway.access.Scope;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The addresses the ingest service answers. */
@RestController
final class ForwardController {

  private final Forwarding ingest;

  ForwardController(@Qualifier("ingestForwarding") Forwarding ingest) {
    this.ingest = ingest;
  }

  @PostMapping("/events")
  @Needs(Scope.INGEST)
  void events(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    ingest.forward(request, response);
  }

  @PostMapping("/webhooks/{connectorId}")
  @Open(
      because = "each connector declares how its webhook proves itself, and ingest checks it",
      anyParameters = true)
  void webhooks(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    ingest.forward(request, response);
  }
}
