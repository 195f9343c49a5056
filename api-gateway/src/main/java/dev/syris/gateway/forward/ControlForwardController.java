package dev.syris.gateway.forward;

import dev.syris.gateway.access.Needs;
import dev.syris.gateway.access.Scope;
import dev.syris.gateway.http.JsonOnly;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Changes of the controls; the task service makes them. */
@RestController
final class ControlForwardController {

  private final Forwarding task;

  ControlForwardController(@Qualifier("taskForwarding") Forwarding task) {
    this.task = task;
  }

  @PostMapping("/controls/autonomy")
  @Needs(Scope.ADMIN)
  void autonomy(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    JsonOnly.check(request);
    task.forward(request, response);
  }

  @PostMapping({"/controls/pause", "/controls/resume"})
  @Needs(Scope.ADMIN)
  void pauseOrResume(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    JsonOnly.checkIfAny(request);
    task.forward(request, response);
  }
}
