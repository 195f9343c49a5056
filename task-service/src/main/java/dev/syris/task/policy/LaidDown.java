package dev.syris.task.policy;

import dev.syris.contracts.routing.RiskLevel;
import dev.syris.rules.condition.Glob;
import dev.syris.rules.path.FieldPath;
import dev.syris.task.gate.Risk;
import dev.syris.task.gate.Tightening;
import dev.syris.task.gate.Verdict;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The policy as a file lays it down. Immutable. */
record LaidDown(
    String version,
    List<RiskEntry> risks,
    List<RuleEntry> rules,
    List<CallMatch> destructive,
    List<CallMatch> broadcast,
    List<BlastEntry> blastRadius,
    List<QuietEntry> quiet,
    List<WindowEntry> antiFlap,
    List<SecretEntry> secrets,
    Notifications notifications,
    Duration expireAfter)
    implements Policy {

  record RiskEntry(CallMatch match, RiskLevel level) {

    boolean speaksOf(Subject subject) {
      return level.compareTo(subject.declared()) < 0
          ? match.covers(subject)
          : match.matches(subject);
    }
  }

  /** What is said of a call: declared from the mildest to the strictest. */
  enum Stance {
    ALLOW,
    ASK,
    DENY
  }

  record RuleEntry(CallMatch match, Stance stance) {}

  record BlastEntry(CallMatch match, FieldPath arg, BigDecimal limit) {

    boolean exceededBy(Subject subject) {
      JsonNode found = arg.find(subject.args());
      if (found == null || !match.matches(subject)) {
        return false;
      }
      BigDecimal size =
          found.isArray()
              ? BigDecimal.valueOf(found.size())
              : found.isNumber() ? found.decimalValue() : BigDecimal.ONE;
      return size.compareTo(limit) > 0;
    }
  }

  record QuietEntry(String name, CallMatch match, int line) {}

  record WindowEntry(CallMatch match, Duration window) {}

  record SecretEntry(Glob secret, CallMatch match) {}

  record Notifications(int limitPerHour, List<Glob> tools) {

    boolean counts(Subject subject) {
      return tools.stream().anyMatch(tool -> tool.matches(subject.tool()));
    }
  }

  @Override
  public Assessment assess(Subject subject) {
    Risk risk = risk(subject);
    Duration window = subject.readOnly() ? Duration.ZERO : window(subject);
    return new Assessment(
        risk, tightenings(subject, risk), window, notifications.counts(subject), expireAfter);
  }

  private Risk risk(Subject subject) {
    RiskLevel start =
        risks.stream()
            .filter(entry -> entry.speaksOf(subject))
            .map(RiskEntry::level)
            .max(Comparator.naturalOrder())
            .orElse(subject.declared());
    var reasons = new ArrayList<String>();
    if (any(broadcast, subject)) {
      reasons.add("broadcast");
    }
    if (any(destructive, subject)) {
      reasons.add("destructive");
    }
    if (blastRadius.stream().anyMatch(entry -> entry.exceededBy(subject))) {
      reasons.add("blast_radius");
    }
    if (isQuiet(subject)) {
      reasons.add("quiet_hours");
    }
    return Risk.assess(start, reasons);
  }

  private List<Tightening> tightenings(Subject subject, Risk risk) {
    var found = new ArrayList<Tightening>();
    switch (stance(subject)) {
      case DENY ->
          found.add(
              new Tightening(
                  Verdict.BLOCK,
                  "policy_deny",
                  "the policy denies %s %s".formatted(subject.tool(), subject.action())));
      case ASK ->
          found.add(
              new Tightening(
                  Verdict.CONFIRM,
                  "policy_ask",
                  "the policy asks before %s %s".formatted(subject.tool(), subject.action())));
      case ALLOW -> {}
    }
    Set<String> used = SecretUse.in(subject.args());
    List<String> foreign = used.stream().filter(secret -> isForeign(secret, subject)).toList();
    if (!foreign.isEmpty()) {
      found.add(
          new Tightening(
              Verdict.CONFIRM,
              "secret_foreign",
              "it uses the secret %s, which is not its own".formatted(String.join(", ", foreign))));
    }
    if (!used.isEmpty() && notifications.counts(subject)) {
      found.add(
          new Tightening(
              Verdict.CONFIRM,
              "secret_exposed",
              "it would show the secret " + String.join(", ", used)));
    }
    if (isQuiet(subject) && risk.level().compareTo(RiskLevel.MEDIUM) >= 0) {
      found.add(new Tightening(Verdict.CONFIRM, "quiet_hours", "these are quiet hours"));
    }
    return found;
  }

  private Stance stance(Subject subject) {
    return rules.stream()
        .filter(entry -> entry.match().matches(subject))
        .map(RuleEntry::stance)
        .max(Comparator.naturalOrder())
        .orElse(Stance.ALLOW);
  }

  private boolean isForeign(String secret, Subject subject) {
    String connector = secret.substring(0, secret.indexOf('/') < 0 ? 0 : secret.indexOf('/'));
    boolean own =
        connector.equals(subject.tool())
            || connector.equals(subject.integration())
            || subject.requestedBy().type().equals("connector")
                && connector.equals(subject.requestedBy().id());
    return !own
        && secrets.stream()
            .noneMatch(entry -> entry.secret().matches(secret) && entry.match().covers(subject));
  }

  private boolean isQuiet(Subject subject) {
    return quiet.stream()
        .anyMatch(
            entry -> subject.quiet().contains(entry.name()) && entry.match().matches(subject));
  }

  private Duration window(Subject subject) {
    return antiFlap.stream()
        .filter(entry -> entry.match().matches(subject))
        .map(WindowEntry::window)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  private static boolean any(List<CallMatch> matches, Subject subject) {
    Predicate<CallMatch> matching = match -> match.matches(subject);
    return matches.stream().anyMatch(matching);
  }

  @Override
  public int notificationsPerHour() {
    return notifications.limitPerHour();
  }

  @Override
  public Set<String> quietHours() {
    return quiet.stream().map(QuietEntry::name).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public int lineOf(String quietHours) {
    return quiet.stream()
        .filter(entry -> entry.name().equals(quietHours))
        .mapToInt(QuietEntry::line)
        .findFirst()
        .orElse(0);
  }
}
