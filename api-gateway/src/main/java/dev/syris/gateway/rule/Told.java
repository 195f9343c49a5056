package dev.syris.gateway.rule;

import dev.syris.contracts.audit.AuditType;
import dev.syris.contracts.json.InstantCodec;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the trail tells of a rule that matched.
 *
 * @param reason what held it back; null where it fired
 * @param until when this would no longer have held it back; null where time does not help
 * @param version of the rule; 0 where it is not told
 */
record Told(boolean fired, @Nullable String reason, @Nullable Instant until, long version) {

  static Told of(String type, JsonNode details) {
    return new Told(
        type.equals(AuditType.RULE_TRIGGERED.wire()),
        details.path("reason").stringValue(null),
        time(details.path("until").stringValue("")),
        details.path("rule_version").longValue(0));
  }

  private static @Nullable Instant time(String text) {
    try {
      return text.isEmpty() ? null : InstantCodec.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
