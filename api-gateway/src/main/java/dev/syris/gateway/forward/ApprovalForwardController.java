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

/** Answers to approvals; the task service takes them. */
@RestController
final class ApprovalForwardController {

  private final Forwarding task;

  ApprovalForwardController(@Qualifier("taskForwarding") Forwarding task) {
    this.task = task;
  }

  @PostMapping("/approvals/{id}/approve")
  @Needs(Scope.APPROVE)
  void approve(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    JsonOnly.checkIfAny(request);
    task.forward(request, response);
  }

  @PostMapping("/approvals/{id}/deny")
  @Needs(Scope.APPROVE)
  void deny(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    JsonOnly.check(request);
    task.forward(request, response);
  }
}
