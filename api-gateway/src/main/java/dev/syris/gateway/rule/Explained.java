package dev.syris.gateway.rule;

import dev.syris.rules.match.Explanation;
import dev.syris.rules.replay.PastEvent;
import dev.syris.rules.rule.Rule;
import dev.syris.rules.setting.RuleSettings;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a rule made of a past event, and why. What the trail tells is what happened, whatever the
 * rule and the settings have become since; where it tells nothing, they are asked as they are now.
 *
 * @param version of the rule that is spoken of
 * @param outcome {@code fired}, {@code suppressed}, {@code not_asked} where no rule was asked,
 *     {@code not_matched}, or {@code would_match} where its conditions hold but the trail tells
 *     nothing of it
 * @param unmet the first condition that stood in the way; null but for {@code not_matched}
 * @param reason what held it back, or why no rule was asked
 * @param until when this alone would no longer have held it back
 */
record Explained(
    String ruleId,
    long version,
    UUID eventId,
    UUID traceId,
    String outcome,
    @Nullable Unmet unmet,
    @Nullable String reason,
    @Nullable Instant until) {

  /** A rule that is switched off is held back by that alone. */
  private static final String DISABLED = "disabled";

  /**
   * A condition that stands in the way.
   *
   * @param pointer JSON pointer to it, from the root of the rule
   * @param path the field it asks about; null where it asks about none
   * @param wanted the value it was given; null where it takes none
   * @param seen what was there; null where nothing was
   */
  record Unmet(
      String pointer,
      @Nullable String path,
      String op,
      @Nullable JsonNode wanted,
      @Nullable JsonNode seen,
      String message) {}

  /**
   * Explains.
   *
   * @param notAsked why no rule was asked about the event; null where they were
   */
  static Explained of(
      Rule rule,
      PastEvent event,
      RuleSettings settings,
      Optional<Told> told,
      @Nullable String notAsked) {
    if (told.isPresent()) {
      Told known = told.get();
      long version = known.version() == 0 ? rule.version() : known.version();
      String outcome = known.fired() ? "fired" : "suppressed";
      return of(rule, version, event, outcome, null, known.reason(), known.until());
    }
    if (notAsked != null) {
      return of(rule, rule.version(), event, "not_asked", null, notAsked, null);
    }
    return switch (Explanation.of(rule, event.event(), settings.at(event.ingestedAt()))) {
      case Explanation.Holds _ -> {
        String reason = rule.enabled() ? null : DISABLED;
        yield of(rule, rule.version(), event, "would_match", null, reason, null);
      }
      case Explanation.Unmet unmet -> {
        var shown =
            new Unmet(
                unmet.pointer(),
                unmet.path(),
                unmet.op(),
                unmet.wanted(),
                unmet.seen(),
                unmet.message());
        yield of(rule, rule.version(), event, "not_matched", shown, null, null);
      }
    };
  }

  private static Explained of(
      Rule rule,
      long version,
      PastEvent event,
      String outcome,
      @Nullable Unmet unmet,
      @Nullable String reason,
      @Nullable Instant until) {
    return new Explained(
        rule.ruleId(),
        version,
        event.eventId().value(),
        event.traceId().value(),
        outcome,
        unmet,
        reason,
        until);
  }
}
