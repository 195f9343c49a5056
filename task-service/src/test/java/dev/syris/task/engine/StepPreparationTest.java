package dev.syris.task.engine;

import static dev.syris.task.engine.States.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.control.SystemStatus;
import dev.syris.contracts.id.StepId;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.task.StepStatus;
import dev.syris.contracts.tool.ToolCallStatus;
import dev.syris.rules.condition.Surroundings;
import dev.syris.task.engine.StepPreparation.Prepared;
import dev.syris.task.engine.TaskCommand.Beginning;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** What a step's turn comes to. */
class StepPreparationTest {

  private static final Surroundings SURROUNDINGS =
      new Surroundings(NOW, AutonomyLevel.A2, SystemStatus.HEALTHY);
  private static final ObjectNode DOCUMENT =
      json(
          """
          {"input": {"x": 1, "pause": "PT5S", "at": "2026-03-01T09:00:00Z", "bad": "soon"},
           "steps": {"a": {"status": "succeeded", "output": {"n": [7, 8]}}}}
          """);

  @Test
  void shouldFillArgumentsInWithTheirTypes() {
    // Given
    StepRow step =
        step("{\"n\": \"${steps.a.output.n.1}\", \"t\": \"x is ${input.x}\"}", null, null);
    // When / Then
    assertThat(prepare(step)).isEqualTo(call("{\"n\": 8, \"t\": \"x is 1\"}"));
  }

  @Test
  void shouldRefuseArgumentsWhoseReferencesFindNothing() {
    // When
    Prepared prepared = prepare(step("{\"n\": \"${steps.a.output.none}\"}", null, null));
    // Then
    assertThat(refusal(prepared).error().code()).isEqualTo("reference.missing");
    assertThat(refusal(prepared).error().retryable()).isFalse();
    assertThat(refusal(prepared).error().details().at("/errors/0/pointer").asString())
        .isEqualTo("/args/n");
  }

  @Test
  void shouldRefuseArgumentsThatGrewTooLarge() {
    // Given
    ObjectNode document = DOCUMENT.deepCopy();
    ((ObjectNode) document.get("input")).put("big", "a".repeat(StepPreparation.MAX_ARGS_BYTES));
    // When
    Prepared prepared =
        StepPreparation.of(
            step("{\"n\": \"${input.big}\"}", null, null), () -> document, SURROUNDINGS);
    // Then
    assertThat(refusal(prepared).error().retryable()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1, true", "2, false"})
  void shouldSkipWhereTheConditionDoesNotHold(int value, boolean called) {
    // Given
    String condition = "{\"field\": \"input.x\", \"op\": \"eq\", \"value\": %d}".formatted(value);
    // When
    Prepared prepared = prepare(step("{}", condition, null));
    // Then
    assertThat(prepared)
        .isEqualTo(called ? call("{}") : new Prepared.Settled(new Beginning.Skip()));
  }

  @Test
  void shouldNotWaitWhereTheConditionDoesNotHold() {
    String never = "{\"field\": \"input.x\", \"op\": \"eq\", \"value\": 2}";
    assertThat(prepare(step("{}", never, "\"PT5S\"")))
        .isEqualTo(new Prepared.Settled(new Beginning.Skip()));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"PT5S\"', 5",
    "'\"${input.pause}\"', 5",
    "'\"${input.at}\"', 3600",
    "'{\"until\": \"${input.at}\"}', 3600",
    "'{\"seconds\": \"${input.x}\"}', 1"
  })
  void shouldWaitForWhatIsFilledIn(String wait, long seconds) {
    assertThat(prepare(step("{}", null, wait)))
        .isEqualTo(new Prepared.Settled(new Beginning.WaitUntil(NOW.plusSeconds(seconds))));
  }

  @Test
  void shouldNotWaitForWhatIsPast() {
    assertThat(prepare(step("{\"n\": 1}", null, "\"2020-01-01T00:00:00Z\"")))
        .isEqualTo(call("{\"n\": 1}"));
    assertThat(prepare(step("{\"n\": 1}", null, "\"PT0S\""))).isEqualTo(call("{\"n\": 1}"));
  }

  @Test
  void shouldRefuseAWaitThatTurnsOutToBeNone() {
    assertThat(refusal(prepare(step("{}", null, "\"${input.bad}\""))).error().code())
        .isEqualTo("wait.invalid");
    assertThat(refusal(prepare(step("{}", null, "\"${input.none}\""))).error().code())
        .isEqualTo("reference.missing");
  }

  @Test
  void shouldCallWhenTheWaitIsOverWithoutAskingForTheConditionAgain() {
    // Given
    String never = "{\"field\": \"input.x\", \"op\": \"eq\", \"value\": 2}";
    StepRow waiting =
        step("{\"n\": 1}", never, "\"PT5S\"").with(States.step(0, StepStatus.WAITING, 0, NOW));
    // When / Then
    assertThat(prepare(waiting)).isEqualTo(call("{\"n\": 1}"));
  }

  @Test
  void shouldBeDoneWhereItOnlyWaited() {
    // Given
    StepRow waiting =
        row(null, "{}", null, "\"PT5S\"").with(States.step(0, StepStatus.WAITING, 0, NOW));
    // When / Then
    assertThat(prepare(waiting))
        .isEqualTo(
            new Prepared.Settled(
                new Beginning.Done(Json.object().put("waited_until", "2026-03-01T08:00:00.000Z"))));
  }

  @Test
  void shouldSendAgainWhatWasSentBefore() {
    // Given
    var id = new ToolCallId(UUID.randomUUID());
    StepRow first = step("{\"n\": \"${input.x}\"}", null, null);
    StepRow again =
        new StepRow(
            first.plan(),
            States.step(0, StepStatus.PENDING, 1, NOW),
            new StepRow.Progress(id, "key", null, null, null, NOW, null),
            new StepRow.LastCall(id, ToolCallStatus.FAILED, JsonText.of("{\"n\": 99}"), 1));
    // When / Then
    assertThat(prepare(again)).isEqualTo(call("{\"n\": 99}"));
  }

  private static Prepared prepare(StepRow step) {
    return StepPreparation.of(step, () -> DOCUMENT, SURROUNDINGS);
  }

  private static Prepared call(String args) {
    return new Prepared.Call(json(args));
  }

  private static Beginning.Refuse refusal(Prepared prepared) {
    return (Beginning.Refuse) ((Prepared.Settled) prepared).how();
  }

  private static StepRow step(String args, @Nullable String condition, @Nullable String wait) {
    return row("lamp", args, condition, wait);
  }

  private static StepRow row(
      @Nullable String tool, String args, @Nullable String condition, @Nullable String wait) {
    var plan =
        new StepPlan(
            new StepId(UUID.randomUUID()),
            0,
            "b",
            tool,
            tool == null ? null : "go",
            JsonText.of(args),
            condition == null ? null : JsonText.of(condition),
            wait == null ? null : JsonText.of(wait),
            List.of("a"),
            States.MAX_ATTEMPTS,
            States.FIXED,
            null);
    return new StepRow(
        plan, States.step(0, StepStatus.PENDING, 0, null), StepRow.Progress.NONE, null);
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) Json.mapper().readTree(text);
  }
}
