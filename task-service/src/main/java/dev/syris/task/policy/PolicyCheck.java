package dev.syris.task.policy;

import dev.syris.contracts.routing.RiskLevel;
import dev.syris.task.gate.Decision;
import dev.syris.task.gate.Gate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A policy file looked at by the operator, with no service running. Pure but for the reading. */
public final class PolicyCheck {

  private final PolicyFile file;
  private final PolicyReading reading;

  private PolicyCheck(PolicyFile file) {
    this.file = file;
    this.reading = PolicyReader.read(file);
  }

  /** Reads a file; where there is none, the defaults. */
  public static PolicyCheck of(Path file) {
    return new PolicyCheck(PolicyFile.at(file));
  }

  static PolicyCheck of(String text) {
    return new PolicyCheck(new PolicyFile.Text(text));
  }

  /** Whether there is no file. */
  public boolean isMissing() {
    return file instanceof PolicyFile.Missing;
  }

  /** What is wrong with it, in the order of the file. */
  public List<PolicyProblem> problems() {
    return reading instanceof PolicyReading.Rejected(var problems) ? problems : List.of();
  }

  /** Its version; {@code none} where it can't be used. */
  public String version() {
    return reading instanceof PolicyReading.Accepted(LaidDown policy, var _)
        ? policy.version()
        : "none";
  }

  /** All it says, with the defaults for what it lacks, as JSON. */
  public String effective() {
    return PolicyReader.shown(file instanceof PolicyFile.Text(String text) ? text : "");
  }

  /**
   * What became of one example.
   *
   * @param difference what was found instead; empty where it is as expected
   */
  public record Outcome(String name, String difference) {
    public boolean passed() {
      return difference.isEmpty();
    }
  }

  /** Runs the file's examples; none where it can't be used. */
  public List<Outcome> test() {
    return reading instanceof PolicyReading.Accepted(LaidDown policy, List<Example> examples)
        ? examples.stream().map(example -> run(policy, example)).toList()
        : List.of();
  }

  private static Outcome run(LaidDown policy, Example example) {
    Assessment assessed = policy.assess(example.given());
    RiskLevel risk = assessed.risk().level();
    Decision decision = Gate.decide(example.autonomy(), risk, assessed.tightenings());
    var reasons = new ArrayList<>(assessed.risk().reasons());
    reasons.addAll(decision.reasons());
    var differences = new ArrayList<String>();
    if (decision.verdict() != example.expected()) {
      differences.add(
          "the decision is %s, not %s"
              .formatted(decision.verdict().wire(), example.expected().wire()));
    }
    if (example.risk() != null && example.risk() != risk) {
      differences.add("the risk is %s, not %s".formatted(risk.wire(), example.risk().wire()));
    }
    if (example.reasons() != null && !example.reasons().equals(reasons)) {
      differences.add("the reasons are %s, not %s".formatted(reasons, example.reasons()));
    }
    return new Outcome(example.name(), String.join("; ", differences));
  }
}
