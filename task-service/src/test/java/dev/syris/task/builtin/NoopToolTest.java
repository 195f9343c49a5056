package dev.syris.task.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.json.Json;
import dev.syris.task.support.Requests;
import dev.syris.task.tool.Invocation;
import dev.syris.task.tool.ToolAction;
import dev.syris.task.tool.ToolAnswer;
import org.junit.jupiter.api.Test;

class NoopToolTest {

  @Test
  void shouldGiveBackWhatItIsTold() throws Exception {
    // When
    ToolAnswer answer = run("{\"echo\": {\"a\": [1, null]}, \"sleep_ms\": 1}");
    // Then
    assertThat(answer)
        .isEqualTo(
            new ToolAnswer.Succeeded(
                Json.mapper().readTree("{\"echo\": {\"a\": [1, null]}}"), "Did nothing for 1 ms"));
  }

  @Test
  void shouldFailAsItIsTold() throws Exception {
    // When
    ToolAnswer answer = run("{\"fail\": \"retryable\"}");
    // Then
    assertThat(answer)
        .isInstanceOfSatisfying(
            ToolAnswer.Failed.class, it -> assertThat(it.error().retryable()).isTrue());
  }

  private static ToolAnswer run(String args) throws InterruptedException {
    var request = Requests.noop(args);
    var action = (ToolAction.Calling) new NoopTool().actions().get("run");
    return action.call(
        new Invocation(
            request.toolCallId(),
            request.traceId(),
            null,
            request.args(),
            "key",
            0,
            request.requestedAt()));
  }
}
