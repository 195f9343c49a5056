package dev.syris.ingest.intake;

import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.id.Uuids;
import dev.syris.ingest.idempotency.Claim;
import dev.syris.ingest.idempotency.InFlight;
import dev.syris.ingest.idempotency.KnownRequests;
import dev.syris.ingest.idempotency.RequestId;
import dev.syris.ingest.intake.Acceptance.Accepted;
import dev.syris.ingest.intake.Acceptance.InDoubt;
import dev.syris.ingest.intake.Acceptance.KeyConflict;
import dev.syris.ingest.intake.Acceptance.NotWritten;
import dev.syris.ingest.log.RawEventLog;
import dev.syris.ingest.log.Receipt;
import dev.syris.ingest.log.StampedEvent;
import dev.syris.ingest.log.WriteResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Gives ids, writes, and says yes only when the broker has said it. A request with a key is written
 * down first, with its ids; a crash between any two steps then ends in the same ids when the client
 * repeats the request. Thread-safe.
 */
public final class Intake {

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  /** How long a repeat waits for the request it repeats, which itself gives up sooner. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final IdSource ids;
  private final RawEventLog log;
  private final KnownRequests requests;
  private final InFlight inFlight;

  public Intake(IdSource ids, RawEventLog log, KnownRequests requests, InFlight inFlight) {
    this.ids = ids;
    this.log = log;
    this.requests = requests;
    this.inFlight = inFlight;
  }

  /**
   * Takes a submission.
   *
   * @throws DataAccessException where it has a key and the database is away; nothing is written
   *     then
   */
  public Acceptance accept(Submission submission) {
    RequestId id = submission.id();
    if (id == null) {
      return write(submission, mint(submission), false);
    }
    return inFlight
        .alone(id, PATIENCE, () -> acceptKnown(submission, id))
        .orElseGet(
            () ->
                new InDoubt("another request with this key is still waiting for its answer", true));
  }

  private Acceptance acceptKnown(Submission submission, RequestId id) {
    byte[] hash = Uuids.sha256().digest(submission.body());
    return switch (requests.claim(id, hash, mint(submission))) {
      case Claim.Conflict() -> new KeyConflict();
      case Claim.Done(List<Receipt> receipts) -> new Accepted(receipts, true);
      case Claim.Open(List<Receipt> receipts) -> {
        Acceptance acceptance = write(submission, receipts, true);
        if (acceptance instanceof Accepted) {
          acknowledge(id, receipts);
        }
        yield acceptance;
      }
    };
  }

  /**
   * Without it a repeat writes the events again, under the same ids: a waste, but no reason to take
   * back a yes.
   */
  private void acknowledge(RequestId id, List<Receipt> receipts) {
    try {
      requests.acknowledge(id, receipts);
    } catch (DataAccessException e) {
      LOG.warn(
          "a written request was not noted as such; a repeat of it will be dropped later: {}",
          e.getMessage());
    }
  }

  private Acceptance write(Submission submission, List<Receipt> receipts, boolean keyed) {
    var events = new ArrayList<StampedEvent>(receipts.size());
    for (int i = 0; i < receipts.size(); i++) {
      Stimulus stimulus = submission.stimuli().get(i);
      events.add(
          new StampedEvent(
              stimulus.bytes(), stimulus.orderingKey(), stimulus.granted(), receipts.get(i)));
    }
    return switch (log.append(events)) {
      case WriteResult.Written() -> new Accepted(receipts, false);
      case WriteResult.NotWritten(String reason) -> new NotWritten(reason);
      case WriteResult.InDoubt(String reason) -> new InDoubt(reason, keyed);
    };
  }

  private List<Receipt> mint(Submission submission) {
    return submission.stimuli().stream()
        .map(
            stimulus -> {
              TraceId trace = stimulus.trace();
              return new Receipt(ids.nextEventId(), trace == null ? ids.nextTraceId() : trace);
            })
        .toList();
  }
}
