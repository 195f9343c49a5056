package dev.syris.task.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.task.intake.RequestReading.Accepted;
import dev.syris.task.intake.RequestReading.Rejected;
import dev.syris.task.support.Requests;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class RequestReaderTest {

  @Test
  void shouldTakeWhatThePipelineWrites() {
    // Given
    ToolCallRequest request = Requests.noop("{\"echo\": \"\u00e4\", \"sleep_ms\": 1.5}");
    // When
    RequestReading reading = RequestReader.read(Json.bytes(request));
    // Then
    assertThat(reading)
        .isInstanceOfSatisfying(
            Accepted.class, it -> assertThat(it.call().request()).isEqualTo(request));
  }

  static Stream<byte[]> malformed() {
    return Stream.of(
        null,
        new byte[0],
        bytes("null"),
        bytes("[]"),
        bytes("{"),
        bytes("{\"a\": 1} 2"),
        new byte[] {(byte) 0xff, (byte) 0xfe},
        bytes("[".repeat(10_000)),
        bytes("{\"tool_call_id\": \"1\"}"),
        bytes("{}"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void shouldRejectBytesThatAreNoRequest(byte[] value) {
    // When / Then
    assertThat(RequestReader.read(value))
        .isInstanceOfSatisfying(
            Rejected.class, it -> assertThat(it.code()).startsWith("tool_call."));
  }

  static Stream<String> changes() {
    return Stream.of(
        "{\"tool\": null}",
        "{\"tool\": \"\"}",
        "{\"tool\": \"a\\u0000b\"}",
        "{\"args\": {\"deep\": [{\"x\": \"\\ud800\"}]}}",
        "{\"args\": {\"a\\u0000\": 1}}",
        "{\"args\": 5}",
        "{\"depth\": -1}",
        "{\"trace_id\": \"1-1-1-1-1\"}",
        "{\"requested_by\": {\"type\": \"connector\"}}",
        "{\"requested_by\": null}",
        "{\"granted_scopes\": [null]}",
        "{\"granted_scopes\": null}",
        "{\"idempotency_key\": \"" + "k".repeat(513) + "\"}",
        "{\"requested_at\": \"yesterday\"}");
  }

  @ParameterizedTest
  @MethodSource("changes")
  void shouldRejectARequestTheTableCannotKeep(String change) {
    // Given
    ObjectNode request = Json.mapper().valueToTree(Requests.noop("{}"));
    request.setAll((ObjectNode) Json.mapper().readTree(change));
    // When
    RequestReading reading = RequestReader.read(Json.bytes(request));
    // Then
    assertThat(reading).isInstanceOf(Rejected.class);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
