package dev.syris.pipeline.route;

import dev.syris.contracts.event.Event;
import java.util.Set;

/**
 * What is looked at before anything is matched. Pure.
 *
 * @param maxDepth how many events may be above one before the chain of causes is taken for a loop
 * @param spamActors ids of actors whose events are recorded and never acted on
 */
public record Filters(int maxDepth, Set<String> spamActors) {

  public Filters {
    if (maxDepth < 1) {
      throw new IllegalArgumentException(
          "syris.pipeline.max-depth is " + maxDepth + "; use at least 1");
    }
    spamActors = Set.copyOf(spamActors);
  }

  /** What the filters say of an event. */
  sealed interface Verdict {

    record Pass() implements Verdict {}

    /** Its chain of causes is too long; it goes no further. */
    record Loop(int depth, int limit) implements Verdict {}

    /** It is decided on, but nothing may match. */
    record Spam(String actor) implements Verdict {}
  }

  private static final Verdict PASS = new Verdict.Pass();

  Verdict check(Event event) {
    int depth = event.correlation().depth();
    if (depth > maxDepth) {
      return new Verdict.Loop(depth, maxDepth);
    }
    return spamActors.contains(event.actor().id()) ? new Verdict.Spam(event.actor().id()) : PASS;
  }
}
