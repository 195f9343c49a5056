package dev.syris.task.notice;

import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.task.tool.ToolAnswer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Breaks off what takes too long. */
final class Limited {

  private Limited() {}

  /** The answer, or that there was none in time; what is under way is interrupted. */
  static ToolAnswer within(Duration limit, Callable<ToolAnswer> call) throws InterruptedException {
    var task = new FutureTask<>(call);
    Thread thread = Thread.ofVirtual().name("notice").start(task);
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new ToolAnswer.Unknown(
          ErrorDetail.retryable(
              "notice.timeout", "no answer within %d ms".formatted(limit.toMillis())));
    } catch (ExecutionException e) {
      return new ToolAnswer.Unknown(
          ErrorDetail.retryable(
              "notice.fault",
              "sending ended with " + String.valueOf(e.getCause()).split(":", 2)[0]));
    } finally {
      thread.interrupt();
    }
  }
}
