package dev.syris.task.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.routing.RiskLevel;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.tool.ToolCallStatus;
import dev.syris.task.support.Requests;
import dev.syris.task.support.ScriptedTool;
import dev.syris.task.support.StandingPolicy;
import dev.syris.task.tool.ActionDefinition.Effect;
import dev.syris.task.tool.ToolRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallDecisionTest {

  private final ToolRegistry registry = new ToolRegistry();

  CallDecisionTest() {
    registry.register(ScriptedTool.of("lamp", Effect.ONCE, "light"));
  }

  @Test
  void shouldStartWithAllFindingsWhenNothingIsAgainstIt() {
    // When
    Ruling ruling = decide(lamp("{\"n\": 1}", "light"), null);
    // Then
    assertThat(ruling).isInstanceOf(Ruling.Start.class);
    assertThat(ruling.findings().describe().toString())
        .isEqualTo(
            "{\"scope\":{\"needed\":[\"light\"],\"granted\":[\"light\"]},"
                + "\"risk\":{\"level\":\"low\",\"reasons\":[]},\"gate\":{\"verdict\":\"allow\",\"by_table\":\"allow\",\"reasons\":[]},"
                + "\"policy_version\":\"none\"}");
    assertThat(ruling.findings().risk().level()).isEqualTo(RiskLevel.LOW);
  }

  @Test
  void shouldFailFirstOfAllWhenThereIsNoSuchTool() {
    // Given
    ToolCallRequest request = Requests.request("oven", "heat", "{}", List.of());
    // When
    Ruling ruling = decide(request, holder("other", ToolCallStatus.SUCCEEDED));
    // Then
    assertThat(ruling)
        .isInstanceOfSatisfying(
            Ruling.Fail.class, it -> assertThat(it.error().code()).isEqualTo("tool.unknown"));
  }

  @Test
  void shouldFailForNowWhenTheToolHasGoneButAnswerWhatIsKnown() {
    // Given
    registry.unregister("lamp");
    ToolCallRequest request = lamp("{}", "light");
    // When
    Ruling fresh = decide(request, null);
    Ruling known =
        decide(request, holder(ReceivedCall.of(request).requestHash(), ToolCallStatus.SUCCEEDED));
    // Then
    assertThat(fresh)
        .isInstanceOfSatisfying(
            Ruling.Fail.class,
            it -> {
              assertThat(it.error().code()).isEqualTo("tool.unavailable");
              assertThat(it.error().retryable()).isTrue();
            });
    assertThat(known).isInstanceOf(Ruling.AnswerKnown.class);
  }

  @Test
  void shouldNameTheActionsThereAreWhenItIsNone() {
    // When
    Ruling ruling = decide(Requests.request("lamp", "explode", "{}", List.of("light")), null);
    // Then
    assertThat(ruling)
        .isInstanceOfSatisfying(
            Ruling.Fail.class,
            it -> {
              assertThat(it.error().code()).isEqualTo("tool.unknown_action");
              assertThat(it.error().message())
                  .isEqualTo("there is no action of lamp \"explode\"; there are: go");
            });
  }

  @Test
  void shouldAnswerWhatIsRecordedBeforeScopesAreLookedAt() {
    // Given
    ToolCallRequest request = lamp("{}");
    // When
    Ruling ruling =
        decide(request, holder(ReceivedCall.of(request).requestHash(), ToolCallStatus.UNKNOWN));
    // Then
    assertThat(ruling).isInstanceOf(Ruling.AnswerKnown.class);
  }

  @Test
  void shouldFailWhenTheKeyWasUsedForAnotherRequest() {
    // When
    Ruling ruling = decide(lamp("{}", "light"), holder("another hash", ToolCallStatus.SUCCEEDED));
    // Then
    assertThat(ruling)
        .isInstanceOfSatisfying(
            Ruling.Fail.class,
            it -> assertThat(it.error().code()).isEqualTo("idempotency.conflict"));
  }

  @Test
  void shouldBlockBeforeArgumentsAreLookedAtWhenAScopeIsMissing() {
    // When
    Ruling ruling = decide(lamp("{\"nonsense\": 1}", "timer"), null);
    // Then
    assertThat(ruling)
        .isInstanceOfSatisfying(
            Ruling.Block.class,
            it -> {
              assertThat(it.error().code()).isEqualTo("scope.missing");
              assertThat(it.error().details()).hasToString("{\"missing\":[\"light\"]}");
              assertThat(it.error().message())
                  .isEqualTo(
                      "lamp go needs the scope light, which connector \"kitchen\" was not granted");
            });
  }

  @Test
  void shouldFailWithEveryFaultWhenArgumentsDoNotFit() {
    // When
    Ruling ruling = decide(lamp("{\"n\": \"x\", \"m\": 1}", "light"), null);
    // Then
    assertThat(ruling)
        .isInstanceOfSatisfying(
            Ruling.Fail.class,
            it -> {
              assertThat(it.error().code()).isEqualTo("args.invalid");
              assertThat(it.error().message())
                  .isEqualTo(
                      "the arguments of lamp go don't fit: /n is a string; it must be an integer; "
                          + "/m is not an argument of this action");
            });
  }

  @Test
  void shouldTellRequestsApartByWhatTheyMeanNotByHowTheyAreWritten() {
    // Given
    ToolCallRequest first = lamp("{\"n\": 10, \"a\": {\"x\": 1, \"y\": 2}}");
    // When
    String same =
        ReceivedCall.of(lamp("{\"a\": {\"y\": 2.0, \"x\": 1}, \"n\": 1e1}")).requestHash();
    String other =
        ReceivedCall.of(lamp("{\"a\": {\"y\": \"2\", \"x\": 1}, \"n\": 10}")).requestHash();
    // Then
    assertThat(ReceivedCall.of(first).requestHash()).isEqualTo(same).isNotEqualTo(other);
  }

  private Ruling decide(ToolCallRequest request, PendingCall.Holder holder) {
    var call =
        new PendingCall(
            request,
            ReceivedCall.of(request).requestHash(),
            0,
            holder,
            request.requestedBy(),
            false,
            null);
    return CallDecision.decide(
        call,
        registry.find(request.tool(), request.action()),
        new Circumstances(AutonomyLevel.A2, new StandingPolicy(), Set.of(), Instant.EPOCH));
  }

  private static PendingCall.Holder holder(String hash, ToolCallStatus status) {
    return new PendingCall.Holder(new ToolCallId(UUID.randomUUID()), hash, status, null);
  }

  private static ToolCallRequest lamp(String args, String... scopes) {
    return Requests.request("lamp", "go", args, List.of(scopes));
  }
}
