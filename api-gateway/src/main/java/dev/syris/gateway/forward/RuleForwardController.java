package dev.syris.gateway.forward;

import dev.syris.gateway.access.Needs;
import dev.syris.gateway.access.Scope;
import dev.syris.gateway.http.JsonOnly;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Changes of rules; the task service makes them. */
@RestController
final class RuleForwardController {

  private final Forwarding task;

  RuleForwardController(@Qualifier("taskForwarding") Forwarding task) {
    this.task = task;
  }

  @PostMapping("/rules")
  @Needs(Scope.ADMIN)
  void create(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    JsonOnly.check(request);
    task.forward(request, response);
  }

  @PutMapping("/rules/{id}")
  @Needs(Scope.ADMIN)
  void put(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    JsonOnly.check(request);
    task.forward(request, response);
  }

  @PatchMapping("/rules/{id}")
  @Needs(Scope.ADMIN)
  void patch(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    JsonOnly.check(request);
    task.forward(request, response);
  }

  @DeleteMapping("/rules/{id}")
  @Needs(Scope.ADMIN)
  void delete(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    task.forward(request, response);
  }
}
