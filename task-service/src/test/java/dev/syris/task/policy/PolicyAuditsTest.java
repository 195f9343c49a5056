package dev.syris.task.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.Json;
import java.time.Instant;
import java.util.Collections;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PolicyAuditsTest {

  private static final AuditId ID = new AuditId(new UUID(0, 1));
  private static final TraceId TRACE = new TraceId(new UUID(0, 2));
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void shouldTellOfTheOldAndTheNewVersionWhenOneIsLoaded() {
    // When
    AuditEvent audit = PolicyAudits.loaded("sha256:old", "sha256:new", ID, TRACE, AT);
    // Then
    assertThat(audit.type()).isEqualTo("operator.action.policy_load");
    assertThat(audit.actor().type()).isEqualTo("system");
    assertThat(audit.details())
        .isEqualTo(Json.mapper().readTree("{\"version\":\"sha256:new\",\"was\":\"sha256:old\"}"));
  }

  @Test
  void shouldRaiseOneAlarmHoweverMuchIsWrong() {
    // Given
    var problems = Collections.nCopies(100, new PolicyProblem(2, 3, "/rules/0", "is wrong"));
    // When
    AuditEvent audit = PolicyAudits.broken(problems, "sha256:old", ID, TRACE, AT);
    // Then
    assertThat(audit.type()).isEqualTo("alarm.raised");
    assertThat(audit.summary()).endsWith("line 2, column 3: /rules/0 is wrong");
    assertThat(audit.details()).isNotNull();
    assertThat(audit.details().path("alarm_type").asString()).isEqualTo("policy.invalid");
    assertThat(audit.details().path("severity").asString()).isEqualTo("error");
    assertThat(audit.details().path("dedupe_key").asString()).isEqualTo("policy.invalid");
    assertThat(audit.details().path("kept").asString()).isEqualTo("sha256:old");
    assertThat(audit.details().path("problem_count").asInt()).isEqualTo(100);
    assertThat(audit.details().path("problems")).hasSize(20);
  }
}
