package dev.syris.gateway.rule;

import dev.syris.rules.replay.PastEvent;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which events rules are asked about: those that are no loop and no spam, as the pipeline, whose
 * settings these are, is told now.
 *
 * @param maxDepth how many events may be above one before the chain of causes is taken for a loop
 * @param spamActors ids of actors whose events are recorded and never acted on
 */
@ConfigurationProperties("syris.pipeline")
record AskedAbout(@DefaultValue("8") int maxDepth, @DefaultValue Set<String> spamActors) {

  private static final String LOOP = "loop";
  private static final String SPAM = "spam";

  AskedAbout {
    spamActors = Set.copyOf(spamActors);
  }

  /** Why rules are not asked about an event; null where they are. */
  @Nullable String notAbout(PastEvent event) {
    if (event.event().path("correlation").path("depth").asInt(0) > maxDepth) {
      return LOOP;
    }
    String actor = event.event().path("actor").path("id").asString("");
    return spamActors.contains(actor) ? SPAM : null;
  }
}
