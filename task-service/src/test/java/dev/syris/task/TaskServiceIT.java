package dev.syris.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.task.support.Requests;
import dev.syris.task.support.RunningTask;
import dev.syris.task.support.Topic;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@WithBackends
class TaskServiceIT {

  private static final TestDatabase DATABASE = TestBackends.freshDatabase();
  private static RunningTask service;
  private static Topic audit;

  @BeforeAll
  static void start() {
    audit = Topic.audit();
    service = RunningTask.start(DATABASE, "syris-task-it");
  }

  @AfterAll
  static void stop() {
    service.close();
    audit.close();
  }

  @Test
  void shouldSayAttemptedAndSucceededWhenACallIsAllowed() {
    // Given
    ToolCallRequest request = Requests.timer(600, "timer");
    // When
    audit.send(request);
    // Then
    await()
        .untilAsserted(
            () ->
                assertThat(audit.types(request.traceId()))
                    .isEqualTo(List.of("tool_call.attempted", "tool_call.succeeded")));
    AuditEvent succeeded = audit.audits(request.traceId()).getLast();
    assertThat(succeeded.latencyMs()).isNotNull();
  }
}
