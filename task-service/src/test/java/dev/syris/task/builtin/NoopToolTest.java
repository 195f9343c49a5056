package dev.syris.task.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.json.Json;
import dev.syris.task.support.Requests;
import dev.syris.task.tool.Invocation;
import dev.syris.task.tool.Preview;
import dev.syris.task.tool.Previewing;
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
        .isInstanceOfSatisfying(
            ToolAnswer.Succeeded.class,
            it -> {
              assertThat(it.output().path("echo"))
                  .isEqualTo(Json.mapper().readTree("{\"a\": [1, null]}"));
              assertThat(it.summary()).isEqualTo("Did nothing for 1 ms");
            });
  }

  @Test
  void shouldDoWhatItShows() throws Exception {
    // Given
    String args = "{\"echo\": 1}";
    // When
    Preview shown = ((Previewing) action()).preview(invocation(args));
    ToolAnswer answer = run(args);
    // Then
    assertThat(shown.request().toString()).isEqualTo("{\"echo\":1}");
    assertThat(((ToolAnswer.Succeeded) answer).output().path("request_sha256").asString())
        .isEqualTo(shown.hash());
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
    return action().call(invocation(args));
  }

  private static ToolAction.Calling action() {
    return (ToolAction.Calling) new NoopTool().actions().get("run");
  }

  private static Invocation invocation(String args) {
    var request = Requests.noop(args);
    return new Invocation(
        request.toolCallId(),
        request.traceId(),
        null,
        request.args(),
        "key",
        0,
        request.requestedAt());
  }
}
