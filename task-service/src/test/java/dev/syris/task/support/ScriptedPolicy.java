package dev.syris.task.support;

import dev.syris.task.gate.Risk;
import dev.syris.task.gate.Tightening;
import dev.syris.task.policy.Assessment;
import dev.syris.task.policy.Policies;
import dev.syris.task.policy.Policy;
import dev.syris.task.policy.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A policy that says what it is told to. */
public final class ScriptedPolicy implements Policies {

  private volatile String version = "p1";
  private volatile Duration antiFlap = Duration.ZERO;
  private volatile Duration expiry = Duration.ofHours(1);
  private volatile boolean notifies;
  private volatile int perHour = 1000;
  private volatile List<Tightening> tightenings = List.of();

  public void become(String next) {
    version = next;
  }

  public void antiFlap(Duration window) {
    antiFlap = window;
  }

  public void expireAfter(Duration time) {
    expiry = time;
  }

  public void allowNotifications(int number) {
    notifies = true;
    perHour = number;
  }

  public void tighten(Tightening... some) {
    tightenings = List.of(some);
  }

  @Override
  public Policy current() {
    return new Now(version, antiFlap, expiry, notifies, perHour, tightenings);
  }

  private record Now(
      String version,
      Duration antiFlap,
      Duration expiry,
      boolean notifies,
      int notificationsPerHour,
      List<Tightening> tightenings)
      implements Policy {

    @Override
    public Assessment assess(Subject subject) {
      return new Assessment(
          Risk.assess(subject.declared(), List.of()), tightenings, antiFlap, notifies, expiry);
    }

    @Override
    public Set<String> quietHours() {
      return Set.of();
    }
  }
}
