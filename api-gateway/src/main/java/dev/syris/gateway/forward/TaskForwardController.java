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

/** Tasks and their templates; the task service answers. */
@RestController
final class TaskForwardController {

  private final Forwarding task;

  TaskForwardController(@Qualifier("taskForwarding") Forwarding task) {
    this.task = task;
  }

  @PostMapping("/tasks")
  @Needs(Scope.CALL)
  void startTask(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    JsonOnly.check(request);
    task.forward(request, response);
  }

  @PostMapping({
    "/tasks/{id}/pause",
    "/tasks/{id}/resume",
    "/tasks/{id}/cancel",
    "/tasks/{id}/retry"
  })
  @Needs(Scope.CALL)
  void orderTask(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    task.forward(request, response);
  }

  @PostMapping("/task-templates")
  @Needs(Scope.ADMIN)
  void createTemplate(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    JsonOnly.check(request);
    task.forward(request, response);
  }

  @PutMapping("/task-templates/{id}")
  @Needs(Scope.ADMIN)
  void putTemplate(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    JsonOnly.check(request);
    task.forward(request, response);
  }

  @PatchMapping("/task-templates/{id}")
  @Needs(Scope.ADMIN)
  void patchTemplate(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    JsonOnly.check(request);
    task.forward(request, response);
  }

  @DeleteMapping("/task-templates/{id}")
  @Needs(Scope.ADMIN)
  void deleteTemplate(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    task.forward(request, response);
  }

  @PatchMapping("/integrations/{id}")
  @Needs(Scope.ADMIN)
  void integrations(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    JsonOnly.check(request);
    task.forward(request, response);
  }
}
