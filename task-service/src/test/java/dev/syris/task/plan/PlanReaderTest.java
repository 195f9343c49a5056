package dev.syris.task.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.json.Json;
import dev.syris.platform.problem.ProblemException.FieldError;
import dev.syris.task.engine.StepPlan;
import dev.syris.task.support.ScriptedTool;
import dev.syris.task.tool.ActionDefinition.Effect;
import dev.syris.task.tool.ToolRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is wrong with a plan is said where it is wrong, before anything runs. */
class PlanReaderTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-01T08:00:00Z"));
  private static final String INPUT = "{\"who\": {\"name\": \"me\"}, \"list\": [1, 2]}";

  private final ToolRegistry registry = new ToolRegistry();
  private final PlanReader reader =
      new PlanReader(registry, new IdSource(CLOCK, new Random(1)), CLOCK);

  PlanReaderTest() {
    registry.register(ScriptedTool.open("lamp", Effect.ONCE, Duration.ofSeconds(20)));
  }

  private static Stream<Arguments> wrong() {
    return Stream.of(
        // what a step calls
        Arguments.of(
            steps("{\"tool\": \"lamb\", \"action\": \"go\"}"), "/steps/0/tool", "tool.unknown"),
        Arguments.of(
            steps("{\"tool\": \"lamp\", \"action\": \"fly\"}"),
            "/steps/0/action",
            "tool.unknown_action"),
        Arguments.of(steps("{\"action\": \"go\"}"), "/steps/0/tool", "required"),
        Arguments.of(steps("{\"tool\": \"lamp\"}"), "/steps/0/action", "required"),
        Arguments.of(steps("{\"tool\": null, \"action\": \"go\"}"), "/steps/0/tool", "required"),
        Arguments.of(steps("{\"tool\": 7, \"action\": \"go\"}"), "/steps/0/tool", "type"),
        // arguments
        Arguments.of(lamp("\"args\": {\"n\": \"three\"}"), "/steps/0/args/n", "args"),
        Arguments.of(lamp("\"args\": {\"color\": \"red\"}"), "/steps/0/args/color", "args"),
        Arguments.of(
            lamp("\"args\": {\"color\": \"${input.who.name}\"}"), "/steps/0/args/color", "args"),
        Arguments.of(lamp("\"args\": [1]"), "/steps/0/args", "type"),
        Arguments.of(
            lamp("\"args\": {\"x\": \"%s\"}".formatted("a".repeat(256 * 1024))),
            "/steps/0/args",
            "size"),
        // references
        Arguments.of(lamp("\"args\": {\"x\": \"${input.whom}\"}"), "/steps/0/args/x", "reference"),
        Arguments.of(
            lamp("\"args\": {\"x\": \"${input.list.2}\"}"), "/steps/0/args/x", "reference"),
        Arguments.of(
            lamp("\"args\": {\"x\": {\"deep\": [\"${input.no}\"]}}"),
            "/steps/0/args/x/deep/0",
            "reference"),
        Arguments.of(lamp("\"args\": {\"x\": \"${event.text}\"}"), "/steps/0/args/x", "reference"),
        Arguments.of(lamp("\"args\": {\"x\": \"${env.HOME}\"}"), "/steps/0/args/x", "reference"),
        Arguments.of(
            lamp("\"name\": \"a\", \"args\": {\"x\": \"${steps.a.output}\"}"),
            "/steps/0/args/x",
            "reference"),
        Arguments.of(
            steps(
                lamp0("\"name\": \"a\", \"args\": {\"x\": \"${steps.b.output}\"}"),
                lamp0("\"name\": \"b\"")),
            "/steps/0/args/x",
            "reference"),
        Arguments.of(
            lamp("\"args\": {\"x\": \"${steps.none.output}\"}"), "/steps/0/args/x", "reference"),
        Arguments.of(
            steps(lamp0("\"name\": \"a\""), lamp0("\"args\": {\"x\": \"${steps.a.error}\"}")),
            "/steps/1/args/x",
            "reference"),
        Arguments.of(lamp("\"args\": {\"x\": \"${input.who\"}"), "/steps/0/args/x", "template"),
        Arguments.of(lamp("\"args\": {\"x\": \"${}\"}"), "/steps/0/args/x", "template"),
        Arguments.of(lamp("\"args\": {\"x\": \"${input..a}\"}"), "/steps/0/args/x", "template"),
        // conditions and waits
        Arguments.of(
            lamp("\"when\": {\"field\": \"input.list\", \"op\": \"is\", \"value\": 1}"),
            "/steps/0/when/op",
            "condition"),
        Arguments.of(lamp("\"when\": \"always\""), "/steps/0/when", "condition"),
        Arguments.of(
            lamp("\"when\": {\"field\": \"steps.none.status\", \"op\": \"eq\", \"value\": \"x\"}"),
            "/steps/0/when/field",
            "reference"),
        Arguments.of(lamp("\"wait\": \"soon\""), "/steps/0/wait", "format"),
        Arguments.of(lamp("\"wait\": \"-PT5S\""), "/steps/0/wait", "format"),
        Arguments.of(lamp("\"wait\": \"PT9000H\""), "/steps/0/wait", "format"),
        Arguments.of(lamp("\"wait\": {\"seconds\": -1}"), "/steps/0/wait", "format"),
        Arguments.of(lamp("\"wait\": 5"), "/steps/0/wait", "format"),
        Arguments.of(lamp("\"wait\": \"${input.no}\""), "/steps/0/wait", "reference"),
        // numbers
        Arguments.of(lamp("\"timeout_ms\": -1"), "/steps/0/timeout_ms", "range"),
        Arguments.of(lamp("\"timeout_ms\": 0"), "/steps/0/timeout_ms", "range"),
        Arguments.of(lamp("\"timeout_ms\": 3600001"), "/steps/0/timeout_ms", "range"),
        Arguments.of(lamp("\"timeout_ms\": 1.5"), "/steps/0/timeout_ms", "range"),
        Arguments.of(lamp("\"timeout_ms\": \"1\""), "/steps/0/timeout_ms", "type"),
        Arguments.of(lamp("\"timeout_ms\": 99999999999999999999"), "/steps/0/timeout_ms", "range"),
        Arguments.of(lamp("\"max_attempts\": 0"), "/steps/0/max_attempts", "range"),
        Arguments.of(lamp("\"max_attempts\": 101"), "/steps/0/max_attempts", "range"),
        Arguments.of(lamp("\"retry_policy\": \"none\""), "/steps/0/retry_policy", "type"),
        Arguments.of(
            lamp("\"retry_policy\": {\"strategy\": \"linear\"}"),
            "/steps/0/retry_policy/strategy",
            "choice"),
        Arguments.of(
            lamp("\"retry_policy\": {\"base_delay_ms\": -5}"),
            "/steps/0/retry_policy/base_delay_ms",
            "range"),
        Arguments.of(
            lamp("\"retry_policy\": {\"base_delay_ms\": 50, \"max_delay_ms\": 10}"),
            "/steps/0/retry_policy/max_delay_ms",
            "range"),
        Arguments.of(
            lamp("\"retry_policy\": {\"jitter\": \"yes\"}"),
            "/steps/0/retry_policy/jitter",
            "type"),
        // names and labels
        Arguments.of(
            steps(lamp0("\"name\": \"a\""), lamp0("\"name\": \"a\"")),
            "/steps/1/name",
            "duplicate"),
        Arguments.of(
            steps(lamp0("\"name\": \"step-2\""), lamp0("\"max_attempts\": 1")),
            "/steps/1/name",
            "duplicate"),
        Arguments.of(lamp("\"name\": \" \""), "/steps/0/name", "length"),
        Arguments.of(lamp("\"name\": 5"), "/steps/0/name", "type"),
        Arguments.of(
            "{\"name\": 5, \"steps\": [%s]}".formatted(lamp0("\"max_attempts\": 1")),
            "/name",
            "type"),
        Arguments.of("{\"name\": \"t\", \"labels\": \"x\", \"steps\": []}", "/labels", "type"),
        Arguments.of(
            "{\"name\": \"t\", \"labels\": [\"a\", 5], \"steps\": []}", "/labels/1", "format"),
        Arguments.of("{\"name\": \"t\", \"labels\": [null], \"steps\": []}", "/labels/0", "format"),
        // the list of steps
        Arguments.of("{\"name\": \"t\"}", "/steps", "required"),
        Arguments.of("{\"name\": \"t\", \"steps\": null}", "/steps", "required"),
        Arguments.of("{\"name\": \"t\", \"steps\": []}", "/steps", "required"),
        Arguments.of("{\"name\": \"t\", \"steps\": {\"0\": {}}}", "/steps", "required"),
        Arguments.of("[]", "/steps", "required"),
        Arguments.of("7", "/steps", "required"),
        Arguments.of("null", "/steps", "required"),
        Arguments.of("{\"name\": \"t\", \"steps\": [null]}", "/steps/0", "type"),
        Arguments.of("{\"name\": \"t\", \"steps\": [[]]}", "/steps/0", "type"),
        Arguments.of(many(10_001), "/steps", "size"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void shouldPointAtWhatIsWrong(String plan, String pointer, String code) {
    // When
    PlanReading reading = read(plan, null);
    // Then
    assertThat(reading).isInstanceOf(PlanReading.Rejected.class);
    List<FieldError> errors = ((PlanReading.Rejected) reading).errors();
    assertThat(errors)
        .anySatisfy(
            error -> {
              assertThat(error.pointer()).isEqualTo(pointer);
              assertThat(error.code()).isEqualTo(code);
              assertThat(error.message()).isNotBlank();
            });
  }

  @Test
  void shouldTakeAThousandStepsAndTenThousand() {
    assertThat(accepted(read(many(1_000), null)).steps()).hasSize(1_000);
    assertThat(accepted(read(many(10_000), null)).steps()).hasSize(10_000);
  }

  @Test
  void shouldNotDrownInErrors() {
    // Given
    String wrong =
        IntStream.range(0, 1_000)
            .mapToObj(_ -> "{\"tool\": \"lamb\", \"action\": \"go\"}")
            .collect(Collectors.joining(","));
    // When
    PlanReading reading = read("{\"name\": \"t\", \"steps\": [%s]}".formatted(wrong), null);
    // Then
    assertThat(((PlanReading.Rejected) reading).errors()).hasSize(50);
  }

  @Test
  void shouldKeepWhatIsWrittenAndFillInWhatIsNot() {
    // When
    StepPlan step =
        accepted(
                read(
                    steps(
                        lamp0("\"name\": \"a\""),
                        lamp0(
                            "\"args\": {\"n\": \"${steps.a.output.n}\", \"x\": \"${input.who}\"},"
                                + " \"wait\": \"PT1S\", \"timeout_ms\": 500, \"max_attempts\":"
                                + " null")),
                    null))
            .steps()
            .get(1);
    // Then
    assertThat(step.name()).isEqualTo("step-2");
    assertThat(step.position()).isEqualTo(1);
    assertThat(step.reads()).containsExactly("a");
    assertThat(step.maxAttempts()).isEqualTo(3);
    assertThat(step.timeoutMs()).isEqualTo(500);
  }

  @Test
  void shouldTakeAStepThatOnlyWaits() {
    StepPlan step = accepted(read(steps("{\"wait\": \"PT1S\"}"), null)).steps().getFirst();
    assertThat(step.tool()).isNull();
    assertThat(step.action()).isNull();
  }

  @Test
  void shouldFindWhatIsInTheEvent() {
    // Given
    ObjectNode event = Json.object().put("text", "hello");
    // When / Then
    accepted(read(lamp("\"args\": {\"x\": \"${event.text}\"}"), event));
    assertThat(read(lamp("\"args\": {\"x\": \"${event.txt}\"}"), event))
        .isInstanceOf(PlanReading.Rejected.class);
  }

  @Test
  void shouldLeaveInputAndEventOpenInATemplate() {
    JsonNode plan =
        Json.mapper()
            .readTree(lamp("\"args\": {\"x\": \"${event.text}\", \"b\": \"${input.any.thing}\"}"));
    accepted(reader.read(plan, Known.LATER));
  }

  private PlanReading read(String plan, @Nullable ObjectNode event) {
    var input = (ObjectNode) Json.mapper().readTree(INPUT);
    return reader.read(Json.mapper().readTree(plan), new Known(input, event, false));
  }

  private static PlanReading.Accepted accepted(PlanReading reading) {
    assertThat(reading).isInstanceOf(PlanReading.Accepted.class);
    return (PlanReading.Accepted) reading;
  }

  private static String steps(String... steps) {
    return "{\"name\": \"t\", \"steps\": [%s]}".formatted(String.join(",", steps));
  }

  private static String lamp0(String more) {
    return "{\"tool\": \"lamp\", \"action\": \"go\", %s}".formatted(more);
  }

  private static String lamp(String more) {
    return steps(lamp0(more));
  }

  private static String many(int count) {
    return "{\"name\": \"t\", \"steps\": [%s]}"
        .formatted(
            IntStream.range(0, count)
                .mapToObj(i -> lamp0("\"args\": {\"n\": %d}".formatted(i)))
                .collect(Collectors.joining(",")));
  }
}
