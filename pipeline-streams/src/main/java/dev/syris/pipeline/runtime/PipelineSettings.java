package dev.syris.pipeline.runtime;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the pipeline runs.
 *
 * @param instance distinguishes instances of one installation; part of the static group membership,
 *     so it must be the same after a restart
 * @param threads stream threads; more than one only helps where there are more than two cores
 * @param commitInterval how long a transaction may collect before it is committed, while much comes
 *     in
 * @param poll longest wait for new records while nothing is under way; at most the commit interval
 * @param maxDepth how many events may be above one before the chain of causes is taken for a loop
 * @param spamActors ids of actors whose events are recorded and never acted on
 */
@ConfigurationProperties("syris.pipeline")
public record PipelineSettings(
    @DefaultValue("0") String instance,
    @DefaultValue("1") int threads,
    @DefaultValue("100ms") Duration commitInterval,
    @DefaultValue("100ms") Duration poll,
    @DefaultValue("8") int maxDepth,
    @DefaultValue Set<String> spamActors) {

  public PipelineSettings {
    spamActors = Set.copyOf(spamActors);
    if (threads < 1) {
      throw new IllegalArgumentException(
          "syris.pipeline.threads is " + threads + "; use at least 1");
    }
    if (poll.compareTo(commitInterval) > 0 || poll.isNegative() || poll.isZero()) {
      throw new IllegalArgumentException(
          "syris.pipeline.poll is %s; use more than nothing and at most syris.pipeline.commit-interval (%s)"
              .formatted(poll, commitInterval));
    }
  }
}
