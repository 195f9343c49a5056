package dev.syris.task.status;

import dev.syris.platform.time.Loop;
import java.time.Duration;

/** The thread that looks whether the alarms have come to something else. */
final class SystemStatusLoop extends Loop {

  private final SystemStatusBook book;

  SystemStatusLoop(SystemStatusBook book, Duration poll) {
    super("syris-task-status", poll, "rules are not told how the system fares");
    this.book = book;
  }

  @Override
  protected Duration round() {
    book.follow();
    return poll();
  }
}
