package dev.syris.task.alarm;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import dev.syris.task.web.Bodies;
import dev.syris.task.web.Texts;
import dev.syris.task.web.Who;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What somebody says of an alarm. */
@RestController
final class AlarmController {

  private static final String SCOPE = "approve";

  private final Alarms alarms;
  private final TransactionTemplate transaction;

  AlarmController(Alarms alarms, TransactionTemplate transaction) {
    this.alarms = alarms;
    this.transaction = transaction;
  }

  private interface Change {
    String make(UUID alarm, AuditActor by, @Nullable String note);
  }

  @PostMapping("/alarms/{id}/ack")
  ResponseEntity<byte[]> ack(
      HttpServletRequest request,
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    return change(request, id, body, alarms::ack);
  }

  @PostMapping("/alarms/{id}/resolve")
  ResponseEntity<byte[]> resolve(
      HttpServletRequest request,
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    return change(request, id, body, alarms::resolve);
  }

  private ResponseEntity<byte[]> change(
      HttpServletRequest request, String id, byte @Nullable [] body, Change change) {
    AuditActor by = Who.actor(Who.with(SCOPE, request));
    String note = Texts.note(Bodies.optional(body == null ? new byte[0] : body));
    UUID alarm = alarmId(id);
    String shown = transaction.execute(_ -> change.make(alarm, by, note));
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(String.valueOf(shown).getBytes(StandardCharsets.UTF_8));
  }

  private static UUID alarmId(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          CommonProblem.NOT_FOUND, "alarm.not_found", "there is no such alarm");
    }
  }
}
