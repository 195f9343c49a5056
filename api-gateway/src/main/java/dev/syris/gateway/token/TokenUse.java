package dev.syris.gateway.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Writes down now and then when tokens were last used, instead of with every request. */
final class TokenUse implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(TokenUse.class);
  private static final Duration EVERY = Duration.ofSeconds(30);

  private final TokenMemory memory;
  private final TokenTable table;
  private final Semaphore stopped = new Semaphore(0);
  private volatile boolean running;

  TokenUse(TokenMemory memory, TokenTable table) {
    this.memory = memory;
    this.table = table;
  }

  /** Writes what is known now; what cannot be written is dropped, it is only a convenience. */
  void flush() {
    Map<UUID, Instant> used = memory.takeUsed();
    try {
      table.touch(used);
    } catch (DataAccessException | TransactionException e) {
      LOG.debug("the last use of {} tokens was not written", used.size(), e);
    }
  }

  @Override
  public void start() {
    running = true;
    Thread.ofVirtual().name("token-use").start(this::run);
  }

  private void run() {
    try {
      while (!stopped.tryAcquire(EVERY.toSeconds(), TimeUnit.SECONDS)) {
        flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stop() {
    running = false;
    stopped.release();
    flush();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return 0;
  }
}
