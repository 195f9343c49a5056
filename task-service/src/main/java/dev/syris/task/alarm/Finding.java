package dev.syris.task.alarm;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.Json;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something wrong.
 *
 * @param type dotted and stable, such as {@code heartbeat.missed}
 * @param dedupeKey the same while it is the same thing
 * @param summary a sentence that says what is wrong and what to do
 * @param details small, never a secret
 * @param trace it belongs to; null where it belongs to none
 */
public record Finding(
    String type,
    Severity severity,
    String dedupeKey,
    String summary,
    ObjectNode details,
    @Nullable TraceId trace,
    Refs refs) {

  /** How bad it is. */
  public enum Severity {
    WARNING,
    ERROR,
    CRITICAL;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One that belongs to no trace. */
  public static Finding of(
      String type, Severity severity, String dedupeKey, String summary, ObjectNode details) {
    return new Finding(type, severity, dedupeKey, summary, details, null, Refs.NONE);
  }

  /** What a record of the trail says of an alarm. */
  static Finding of(AuditEvent said) {
    ObjectNode details = said.details() == null ? Json.object() : said.details().deepCopy();
    String type = details.path("alarm_type").asString("unknown");
    String severity = details.path("severity").asString("error").toUpperCase(Locale.ROOT);
    String key = details.path("dedupe_key").asString(type);
    details.remove("alarm_type");
    details.remove("severity");
    details.remove("dedupe_key");
    return new Finding(
        type,
        Severity.valueOf(severity),
        key,
        said.summary(),
        details,
        said.traceId(),
        said.refs());
  }
}
