package dev.syris.gateway.ledger.sink;

import dev.syris.platform.health.HealthProbe;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;

/**
 * Down where nothing has been written for longer than a restart of the broker or the database
 * takes; degraded where records were lost in the last day.
 */
public final class LedgerProbe implements HealthProbe {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration GAP_SHOWN = Duration.ofDays(1);

  private final LedgerStatus status;
  private final LedgerLag lag;
  private final LedgerCommits commits;
  private final InstantSource clock;

  LedgerProbe(LedgerStatus status, LedgerLag lag, LedgerCommits commits, InstantSource clock) {
    this.status = status;
    this.lag = lag;
    this.commits = commits;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "ledger";
  }

  @Override
  public Result check() {
    LedgerStatus.State state = status.state();
    Instant now = clock.instant();
    var details = new LinkedHashMap<String, Object>();
    details.put("head_sequence", commits.head());
    details.put("records_behind", lag.records());
    details.put("ms_behind", lag.time(now).toMillis());
    Instant gap = status.gapWithin(GAP_SHOWN);
    if (gap != null) {
      details.put(
          "degraded",
          "records were lost before the ledger could read them, see audit type ledger.gap");
      details.put("last_gap_at", gap);
    }
    if (state.fault() == null) {
      return Result.up(details);
    }
    details.put("reason", state.fault());
    details.put("since", state.since());
    boolean brief = now.isBefore(state.since().plus(PATIENCE));
    return new Result(brief, details);
  }
}
