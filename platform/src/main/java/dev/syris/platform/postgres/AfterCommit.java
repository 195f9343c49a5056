package dev.syris.platform.postgres;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Does what others must see the state for. */
public final class AfterCommit {

  private AfterCommit() {}

  /** Runs it once the transaction there is has committed; at once where there is none. */
  public static void run(Runnable action) {
    if (TransactionSynchronizationManager.isSynchronizationActive()) {
      register(action);
    } else {
      action.run();
    }
  }

  /**
   * Runs it once the caller's transaction has committed.
   *
   * @throws IllegalStateException where there is none: what was written may not be there yet
   */
  public static void register(Runnable action) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            action.run();
          }
        });
  }
}
