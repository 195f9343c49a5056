package dev.syris.rules.suppress;

import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.Json;
import dev.syris.rules.quiet.QuietHours;
import dev.syris.rules.rule.Restraint;
import dev.syris.rules.rule.Rule;
import dev.syris.rules.setting.RuleSettings;
import dev.syris.rules.template.Rendering;
import dev.syris.rules.template.Template;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.JsonNodeFeature;

/**
 * An event that meets a rule's conditions, as suppression sees it.
 *
 * @param key what it is about; empty where the rule tells nothing apart, or the event does not say
 * @param dedupe what it says, as a hash; null where the rule does not ask
 * @param quiet the rule's quiet hours, where they hold at the event's time; null where they don't
 */
public record Match(String key, @Nullable UUID dedupe, @Nullable Quiet quiet) {

  /** A longer key is replaced by its hash. */
  public static final int MAX_KEY_LENGTH = 200;

  private static final int MAX_RENDERED = 64 * 1024;
  private static final ObjectWriter SORTED =
      Json.mapper().writer().with(JsonNodeFeature.WRITE_PROPERTIES_SORTED);

  /**
   * Quiet hours hold.
   *
   * @param until when they end; null where they don't within a week
   */
  public record Quiet(@Nullable Instant until) {}

  /**
   * Sees an event that meets a rule's conditions.
   *
   * @param at append time of the event
   */
  public static Match of(Rule rule, JsonNode event, Instant at, RuleSettings settings) {
    Restraint restraint = rule.restraint();
    return new Match(
        key(restraint.key(), event), dedupe(restraint, event), quiet(restraint, at, settings));
  }

  private static String key(@Nullable Template template, JsonNode event) {
    String key = template == null ? "" : text(template, event);
    return key.length() <= MAX_KEY_LENGTH ? key : Uuids.named("rule-key", key).toString();
  }

  private static @Nullable UUID dedupe(Restraint restraint, JsonNode event) {
    if (restraint.dedupeWindowMs() == 0) {
      return null;
    }
    if (restraint.dedupeKey() != null) {
      return Uuids.named("rule-dedupe", text(restraint.dedupeKey(), event));
    }
    JsonNode source = event.path("source");
    JsonNode content = event.path("content");
    return Uuids.named(
        "rule-dedupe-content",
        source.path("channel").asString(""),
        source.path("connector_id").asString(""),
        source.path("thread_id").asString(""),
        content.path("text").asString(""),
        SORTED.writeValueAsString(content.path("structured")));
  }

  private static @Nullable Quiet quiet(Restraint restraint, Instant at, RuleSettings settings) {
    QuietHours hours =
        restraint.quietHours() == null ? null : settings.quietHours().get(restraint.quietHours());
    return hours == null || !hours.holdAt(at) ? null : new Quiet(hours.until(at).orElse(null));
  }

  /** What a template comes to; empty where it can't be filled in. */
  private static String text(Template template, JsonNode event) {
    return switch (template.render(event, MAX_RENDERED)) {
      case Rendering.Rendered(JsonNode value) when value.isNull() -> "";
      case Rendering.Rendered(JsonNode value) when value.isContainer() ->
          SORTED.writeValueAsString(value);
      case Rendering.Rendered(JsonNode value) -> value.asString();
      case Rendering.Failed _ -> "";
    };
  }
}
