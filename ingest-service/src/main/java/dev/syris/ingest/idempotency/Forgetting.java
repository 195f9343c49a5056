package dev.syris.ingest.idempotency;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Deletes expired keys every few minutes, a bounded number at a time. */
final class Forgetting implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Forgetting.class);
  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final int ROWS = 1000;

  private final KnownRequests requests;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofVirtual().name("ingest-forgetting").factory());

  Forgetting(KnownRequests requests) {
    this.requests = requests;
  }

  void start() {
    var _ =
        timer.scheduleWithFixedDelay(
            this::forget, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
  }

  /** One round: until nothing expired is left. A database that is away is tried again next time. */
  void forget() {
    try {
      int forgotten = 0;
      for (int rows = ROWS; rows == ROWS; forgotten += rows) {
        rows = requests.forgetExpired(ROWS);
      }
      LOG.debug("{} idempotency keys have expired", forgotten);
    } catch (DataAccessException e) {
      LOG.info("expired idempotency keys were not deleted, will try again: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
