package dev.syris.task.support;

import dev.syris.contracts.id.IdSource;
import dev.syris.platform.outbox.Outbox;
import dev.syris.task.approval.Approvals;
import dev.syris.task.call.GateParts;
import dev.syris.task.control.Controls;
import dev.syris.task.policy.Policies;
import java.time.InstantSource;
import java.util.Random;
import java.util.Set;

/** What calls are judged by, in a database of the tests. */
public final class Gates {

  private Gates() {}

  /** With no policy and no quiet hours. */
  public static GateParts of(Database database, Outbox outbox, InstantSource clock) {
    var standing = new StandingPolicy();
    return of(database, outbox, clock, () -> standing);
  }

  public static GateParts of(
      Database database, Outbox outbox, InstantSource clock, Policies policies) {
    var ids = new IdSource(clock, new Random());
    var controls = new Controls(database.jdbc, database.transaction, outbox, ids, clock);
    return new GateParts(controls, policies, (_, _) -> Set.of(), new Approvals(database.jdbc));
  }
}
