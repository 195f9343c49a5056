package dev.syris.gateway.forward;

import dev.syris.gateway.access.Needs;
import dev.syris.gateway.access.Scope;
import dev.syris.gateway.http.JsonOnly;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is done about alarms, and watchers switched on and off; the task service does it. */
@RestController
final class AlarmForwardController {

  private final Forwarding task;

  AlarmForwardController(@Qualifier("taskForwarding") Forwarding task) {
    this.task = task;
  }

  @PostMapping({"/alarms/{id}/ack", "/alarms/{id}/resolve"})
  @Needs(Scope.APPROVE)
  void ackOrResolve(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    JsonOnly.checkIfAny(request);
    task.forward(request, response);
  }

  @PatchMapping("/watchers/{id}")
  @Needs(Scope.ADMIN)
  void patchWatcher(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    JsonOnly.check(request);
    task.forward(request, response);
  }
}
