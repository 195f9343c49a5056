package dev.syris.task.watch;

import dev.syris.contracts.json.StorableText;
import dev.syris.contracts.tool.ErrorDetail;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Lets watchers look, each on a thread of its own, and bears what they do: one that throws, takes
 * too long, or returns what can't be used has an error. Thread-safe.
 */
final class Turn {

  private static final int MAX_STATE = 65_536;
  private static final int MAX_EVENTS = 100;
  private static final int MAX_TEXT = 300;

  private final Map<String, Thread> looking = new ConcurrentHashMap<>();

  /** What became of a look. */
  sealed interface Outcome {
    record Looked(Tick tick) implements Outcome {}

    record Failed(ErrorDetail error) implements Outcome {}
  }

  Outcome look(Watcher watcher, WatcherRow row, Instant now) throws InterruptedException {
    Thread former = looking.get(watcher.id());
    if (former != null && former.isAlive()) {
      return failed("watcher.hangs", "its last look has not come to an end yet");
    }
    var task =
        new FutureTask<@Nullable Tick>(
            () -> watcher.tick(new Watcher.Look(row.state().deepCopy(), now, row.enabledAt())));
    Thread thread = Thread.ofVirtual().name("syris-watcher-" + watcher.id()).start(task);
    looking.put(watcher.id(), thread);
    Duration limit = watcher.timeout();
    try {
      return checked(task.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return failed("watcher.timeout", "no end within %d ms".formatted(limit.toMillis()));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return failed("watcher.fault", message(cause));
    } finally {
      thread.interrupt();
    }
  }

  private static Outcome checked(@Nullable Tick tick) {
    if (tick == null) {
      return failed("watcher.garbage", "it returned nothing");
    }
    if (tick.state().toString().length() > MAX_STATE) {
      return failed("watcher.garbage", "its state is over %d characters".formatted(MAX_STATE));
    }
    if (tick.events().size() > MAX_EVENTS) {
      return failed("watcher.garbage", "it has over %d events".formatted(MAX_EVENTS));
    }
    boolean fit =
        tick.events().stream().allMatch(WatcherWords::isEvent)
            && StorableText.fault(tick.summary()) == null
            && StorableText.fault(tick.outcome()) == null;
    return fit
        ? new Outcome.Looked(tick)
        : failed("watcher.garbage", "what it returned is no event the pipeline takes");
  }

  private static String message(Throwable cause) {
    String said = cause.getMessage();
    return StorableText.shown(
        cause.getClass().getSimpleName() + (said == null ? "" : ": " + said), MAX_TEXT);
  }

  private static Outcome failed(String code, String message) {
    return new Outcome.Failed(ErrorDetail.retryable(code, message));
  }
}
