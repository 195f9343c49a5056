package dev.syris.task.call;

import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.task.control.Posture;
import dev.syris.task.policy.Assessment;
import dev.syris.task.policy.Policy;
import dev.syris.task.tool.ActionDefinition.Effect;
import dev.syris.task.tool.ToolRegistry;
import dev.syris.task.tool.ToolRegistry.Registered;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges the calls of one transaction: all by the same controls, which stay as they are until it
 * ends, by one version of the policy, and one after the other where one is in the way of the next.
 */
public final class Bench {

  private final ToolRegistry registry;
  private final Windows windows;
  private final Posture posture;
  private final Policy policy;
  private final Set<String> quiet;
  private final Instant now;

  Bench(
      ToolRegistry registry,
      Windows windows,
      Posture posture,
      Policy policy,
      Set<String> quiet,
      Instant now) {
    this.registry = registry;
    this.windows = windows;
    this.posture = posture;
    this.policy = policy;
    this.quiet = quiet;
    this.now = now;
  }

  /** Whether nothing new is to be started. */
  public boolean paused() {
    return posture.paused();
  }

  public AutonomyLevel level() {
    return posture.level();
  }

  Policy policy() {
    return policy;
  }

  public Instant now() {
    return now;
  }

  /**
   * Says what is to become of a call.
   *
   * @param snapshot the level its task began with; null where it is part of none
   */
  Ruling judge(PendingCall call, @Nullable AutonomyLevel snapshot) {
    Ruling ruling = rule(call, snapshot);
    return switch (ruling) {
      case Ruling.Start(var found, var findings, var assessment, var _) ->
          orBlocked(call, found, findings, assessment, ruling);
      case Ruling.Confirm(var found, var findings, var assessment, var _) ->
          orBlocked(call, found, findings, assessment, ruling);
      case Ruling.Preview _, Ruling.AnswerKnown _, Ruling.Fail _, Ruling.Block _ -> ruling;
    };
  }

  /** What would become of it, if no other call is in the way. Changes nothing. */
  Ruling rule(PendingCall call, @Nullable AutonomyLevel snapshot) {
    ToolCallRequest request = call.request();
    AutonomyLevel level = snapshot == null ? posture.level() : posture.atMost(snapshot);
    return CallDecision.decide(
        call,
        registry.find(request.tool(), request.action(), request.args()),
        new Circumstances(level, policy, quiet, now));
  }

  private Ruling orBlocked(
      PendingCall call,
      Registered found,
      Findings findings,
      Assessment assessment,
      Ruling otherwise) {
    ErrorDetail inTheWay = inTheWay(call.request(), found, assessment, otherwise);
    return inTheWay == null ? otherwise : new Ruling.Block(inTheWay, findings);
  }

  private @Nullable ErrorDetail inTheWay(
      ToolCallRequest request, Registered found, Assessment assessment, Ruling ruling) {
    if (hasWindow(found, assessment)
        && !windows.take(request, found.target(), assessment.antiFlap(), now)) {
      return flapping(assessment);
    }
    boolean storm =
        assessment.notifies()
            && ruling instanceof Ruling.Start
            && !windows.takeNotification(request, policy.notificationsPerHour(), now);
    return storm
        ? ErrorDetail.permanent(
            CallAudits.STORM,
            "there were %d notifications within an hour already"
                .formatted(policy.notificationsPerHour()))
        : null;
  }

  /** Whether an equal call would be in the way right now; for who only wants to know. */
  @Nullable ErrorDetail wouldBeInTheWay(
      ToolCallRequest request, Registered found, Assessment assessment) {
    return hasWindow(found, assessment)
            && !windows.free(request, found.target(), assessment.antiFlap(), now)
        ? flapping(assessment)
        : null;
  }

  private static boolean hasWindow(Registered found, Assessment assessment) {
    return assessment.antiFlap().isPositive() && found.definition().effect() != Effect.READ_ONLY;
  }

  private static ErrorDetail flapping(Assessment assessment) {
    return ErrorDetail.permanent(
        CallAudits.ANTIFLAP,
        "the same was done less than %d s ago".formatted(assessment.antiFlap().toSeconds()));
  }
}
