package dev.syris.task.support;

import dev.syris.task.gate.Risk;
import dev.syris.task.policy.Assessment;
import dev.syris.task.policy.Policy;
import dev.syris.task.policy.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The policy of who has laid down nothing: the tools' own risks, and the table. */
public final class StandingPolicy implements Policy {

  private static final Duration EXPIRY = Duration.ofHours(1);
  private static final int NOTIFICATIONS = 30;

  @Override
  public String version() {
    return "none";
  }

  @Override
  public Assessment assess(Subject subject) {
    return new Assessment(
        Risk.assess(subject.declared(), List.of()), List.of(), Duration.ZERO, false, EXPIRY);
  }

  @Override
  public int notificationsPerHour() {
    return NOTIFICATIONS;
  }

  @Override
  public Set<String> quietHours() {
    return Set.of();
  }
}
