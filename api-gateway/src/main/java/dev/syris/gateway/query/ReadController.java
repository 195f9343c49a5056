package dev.syris.gateway.query;

import dev.syris.gateway.access.Needs;
import dev.syris.gateway.access.Scope;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The collections anyone may read who may read. */
@RestController
final class ReadController {

  private final Lists lists;

  ReadController(Lists lists) {
    this.lists = lists;
  }

  @GetMapping("/events")
  @Needs(value = Scope.READ, checksParameters = true)
  ResponseEntity<byte[]> events(HttpServletRequest request) {
    return lists.page(Collections.EVENTS, request);
  }

  @GetMapping("/events/{id}")
  @Needs(Scope.READ)
  ResponseEntity<byte[]> event(@PathVariable String id) {
    return lists.one(Collections.EVENTS, id);
  }

  @GetMapping("/audit")
  @Needs(value = Scope.READ, checksParameters = true)
  ResponseEntity<byte[]> audit(HttpServletRequest request) {
    return lists.page(Collections.AUDIT, request);
  }

  @GetMapping("/audit/{id}")
  @Needs(Scope.READ)
  ResponseEntity<byte[]> auditRecord(@PathVariable String id) {
    return lists.one(Collections.AUDIT, id);
  }

  @GetMapping("/traces")
  @Needs(value = Scope.READ, checksParameters = true)
  ResponseEntity<byte[]> traces(HttpServletRequest request) {
    return lists.page(Collections.TRACES, request);
  }

  @GetMapping("/routing-decisions")
  @Needs(value = Scope.READ, checksParameters = true)
  ResponseEntity<byte[]> routingDecisions(HttpServletRequest request) {
    return lists.page(Collections.ROUTING_DECISIONS, request);
  }

  /** A decision is found by the event it is about. */
  @GetMapping("/routing-decisions/{id}")
  @Needs(Scope.READ)
  ResponseEntity<byte[]> routingDecision(@PathVariable String id) {
    return lists.one(Collections.ROUTING_DECISIONS, id);
  }

  @GetMapping("/tool-calls")
  @Needs(value = Scope.READ, checksParameters = true)
  ResponseEntity<byte[]> toolCalls(HttpServletRequest request) {
    return lists.page(Collections.TOOL_CALLS, request);
  }

  @GetMapping("/tool-calls/{id}")
  @Needs(Scope.READ)
  ResponseEntity<byte[]> toolCall(@PathVariable String id) {
    return lists.one(Collections.TOOL_CALLS, id);
  }

  @GetMapping("/tools")
  @Needs(value = Scope.READ, checksParameters = true)
  ResponseEntity<byte[]> tools(HttpServletRequest request) {
    return lists.page(Collections.TOOLS, request);
  }

  @GetMapping("/tools/{id}")
  @Needs(Scope.READ)
  ResponseEntity<byte[]> tool(@PathVariable String id) {
    return lists.one(Collections.TOOLS, id);
  }

  @GetMapping("/tasks")
  @Needs(value = Scope.READ, checksParameters = true)
  ResponseEntity<byte[]> tasks(HttpServletRequest request) {
    return lists.page(Collections.TASKS, request);
  }

  @GetMapping("/tasks/{id}")
  @Needs(Scope.READ)
  ResponseEntity<byte[]> task(@PathVariable String id) {
    return lists.one(Collections.TASKS, id);
  }

  @GetMapping("/approvals")
  @Needs(value = Scope.READ, checksParameters = true)
  ResponseEntity<byte[]> approvals(HttpServletRequest request) {
    return lists.page(Collections.APPROVALS, request);
  }

  @GetMapping("/approvals/{id}")
  @Needs(Scope.READ)
  ResponseEntity<byte[]> approval(@PathVariable String id) {
    return lists.one(Collections.APPROVALS, id);
  }

  @GetMapping("/controls")
  @Needs(Scope.READ)
  ResponseEntity<byte[]> controls() {
    return lists.only("api.controls");
  }

  @GetMapping("/task-templates")
  @Needs(value = Scope.READ, checksParameters = true)
  ResponseEntity<byte[]> taskTemplates(HttpServletRequest request) {
    return lists.page(Collections.TASK_TEMPLATES, request);
  }

  @GetMapping("/task-templates/{id}")
  @Needs(Scope.READ)
  ResponseEntity<byte[]> taskTemplate(@PathVariable String id) {
    return lists.versioned(Collections.TASK_TEMPLATES, id);
  }

  @GetMapping("/quiet-hours")
  @Needs(value = Scope.READ, checksParameters = true)
  ResponseEntity<byte[]> quietHours(HttpServletRequest request) {
    return lists.page(Collections.QUIET_HOURS, request);
  }

  @GetMapping("/quiet-hours/{id}")
  @Needs(Scope.READ)
  ResponseEntity<byte[]> oneQuietHours(@PathVariable String id) {
    return lists.versioned(Collections.QUIET_HOURS, id);
  }

  @GetMapping("/rules")
  @Needs(value = Scope.READ, checksParameters = true)
  ResponseEntity<byte[]> rules(HttpServletRequest request) {
    return lists.page(Collections.RULES, request);
  }

  @GetMapping("/rules/{id}")
  @Needs(Scope.READ)
  ResponseEntity<byte[]> rule(@PathVariable String id) {
    return lists.versioned(Collections.RULES, id);
  }

  @GetMapping("/schedules")
  @Needs(value = Scope.READ, checksParameters = true)
  ResponseEntity<byte[]> schedules(HttpServletRequest request) {
    return lists.page(Collections.SCHEDULES, request);
  }

  @GetMapping("/schedules/{id}")
  @Needs(Scope.READ)
  ResponseEntity<byte[]> schedule(@PathVariable String id) {
    return lists.versioned(Collections.SCHEDULES, id);
  }

  @GetMapping("/watchers")
  @Needs(value = Scope.READ, checksParameters = true)
  ResponseEntity<byte[]> watchers(HttpServletRequest request) {
    return lists.page(Collections.WATCHERS, request);
  }

  @GetMapping("/watchers/{id}")
  @Needs(Scope.READ)
  ResponseEntity<byte[]> watcher(@PathVariable String id) {
    return lists.versioned(Collections.WATCHERS, id);
  }

  @GetMapping("/alarms")
  @Needs(value = Scope.READ, checksParameters = true)
  ResponseEntity<byte[]> alarms(HttpServletRequest request) {
    return lists.page(Collections.ALARMS, request);
  }

  @GetMapping("/alarms/{id}")
  @Needs(Scope.READ)
  ResponseEntity<byte[]> alarm(@PathVariable String id) {
    return lists.one(Collections.ALARMS, id);
  }

  @GetMapping("/integrations")
  @Needs(value = Scope.READ, checksParameters = true)
  ResponseEntity<byte[]> integrations(HttpServletRequest request) {
    return lists.page(Collections.INTEGRATIONS, request);
  }

  @GetMapping("/integrations/{id}")
  @Needs(Scope.READ)
  ResponseEntity<byte[]> integration(@PathVariable String id) {
    return lists.versioned(Collections.INTEGRATIONS, id);
  }

  @GetMapping("/dead-letters")
  @Needs(value = Scope.READ, checksParameters = true)
  ResponseEntity<byte[]> deadLetters(HttpServletRequest request) {
    return lists.page(Collections.DEAD_LETTERS, request);
  }

  @GetMapping("/dead-letters/{id}")
  @Needs(Scope.READ)
  ResponseEntity<byte[]> deadLetter(@PathVariable String id) {
    return lists.one(Collections.DEAD_LETTERS, id);
  }
}
