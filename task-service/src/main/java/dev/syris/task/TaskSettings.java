package dev.syris.task;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the task service works.
 *
 * @param concurrency tool calls at most at the same time, in each instance
 * @param poll how often loops look for work nobody woke them for
 * @param heartbeat how often an instance says that it is well
 * @param lease how long an instance counts as alive without a word; then others take over its tasks
 * @param stopGrace how long running calls may go on when the service stops; what is cut off is
 *     taken up at the next start
 */
@ConfigurationProperties("syris.task")
public record TaskSettings(
    @DefaultValue("64") int concurrency,
    @DefaultValue("1s") Duration poll,
    @DefaultValue("30s") Duration heartbeat,
    @DefaultValue("10s") Duration lease,
    @DefaultValue("300ms") Duration stopGrace) {

  public TaskSettings {
    if (concurrency < 1) {
      throw new IllegalArgumentException(
          "syris.task.concurrency is " + concurrency + "; it must be at least 1");
    }
    if (lease.toMillis() < 1000) {
      throw new IllegalArgumentException(
          "syris.task.lease is " + lease + "; it must be at least 1s");
    }
    if (poll.toMillis() < 1) {
      throw new IllegalArgumentException(
          "syris.task.poll is " + poll + "; it must be at least 1ms");
    }
  }
}
