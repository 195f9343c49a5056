package dev.syris.gateway.forward;

import dev.syris.gateway.access.Open;
import dev.syris.gateway.http.FormOnly;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The page behind the link of a notice. Whoever opens it is nobody to the task service, whatever
 * token he has: the link alone says what he may do.
 */
@RestController
final class DecideForwardController {

  private static final String BECAUSE = "the link is the proof, and the task service checks it";

  private final Forwarding task;

  DecideForwardController(@Qualifier("taskForwarding") Forwarding task) {
    this.task = task;
  }

  @GetMapping("/decide/{token}")
  @Open(because = BECAUSE, mayBeLinked = true)
  void show(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    task.forwardPage(request, response);
  }

  @PostMapping("/decide/{token}")
  @Open(because = BECAUSE)
  void decide(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    FormOnly.check(request);
    task.forwardPage(request, response);
  }
}
