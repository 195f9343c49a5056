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
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Changes of schedules, and when they will be due; the task service makes and knows them. */
@RestController
final class ScheduleForwardController {

  private final Forwarding task;

  ScheduleForwardController(@Qualifier("taskForwarding") Forwarding task) {
    this.task = task;
  }

  @PostMapping("/schedules")
  @Needs(Scope.ADMIN)
  void create(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    JsonOnly.check(request);
    task.forward(request, response);
  }

  @PutMapping("/schedules/{id}")
  @Needs(Scope.ADMIN)
  void put(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    JsonOnly.check(request);
    task.forward(request, response);
  }

  @PatchMapping("/schedules/{id}")
  @Needs(Scope.ADMIN)
  void patch(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    JsonOnly.check(request);
    task.forward(request, response);
  }

  @DeleteMapping("/schedules/{id}")
  @Needs(Scope.ADMIN)
  void delete(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    task.forward(request, response);
  }

  @GetMapping("/schedules/{id}/upcoming")
  @Needs(value = Scope.READ, parameters = "n")
  void upcoming(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    task.forward(request, response);
  }

  /** Of one that is not kept: it changes nothing. */
  @PostMapping("/schedules/upcoming")
  @Needs(value = Scope.READ, parameters = "n")
  void upcomingOfUnsaved(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    JsonOnly.check(request);
    task.forward(request, response);
  }
}
