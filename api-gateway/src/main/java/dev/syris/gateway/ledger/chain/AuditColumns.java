package dev.syris.gateway.ledger.chain;

import dev.syris.contracts.audit.Outcome;
import dev.syris.contracts.audit.Stage;
import dev.syris.gateway.ledger.reading.Leaves;
import dev.syris.gateway.ledger.reading.MalformedRecordException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a row repeats of its body, so that it can be asked for. */
public record AuditColumns(
    UUID auditId,
    UUID traceId,
    @Nullable UUID eventId,
    String stage,
    String type,
    String outcome,
    @Nullable String tool,
    @Nullable String connectorId,
    @Nullable String taskId) {

  private static final Set<String> STAGES =
      Arrays.stream(Stage.values()).map(Stage::wire).collect(Collectors.toUnmodifiableSet());
  private static final Set<String> OUTCOMES =
      Arrays.stream(Outcome.values()).map(Outcome::wire).collect(Collectors.toUnmodifiableSet());

  static AuditColumns of(Leaves leaves) throws MalformedRecordException {
    return new AuditColumns(
        leaves.uuid("audit_id"),
        leaves.uuid("trace_id"),
        leaves.uuidOrNull("refs.event_id"),
        oneOf(STAGES, "stage", leaves),
        leaves.text("type"),
        oneOf(OUTCOMES, "outcome", leaves),
        leaves.textOrNull("tool"),
        leaves.textOrNull("connector_id"),
        leaves.textOrNull("refs.task_id"));
  }

  /** The columns by their names; those that are null as {@link Optional#empty}. */
  Map<String, Optional<Object>> byName() {
    var columns = new LinkedHashMap<String, Optional<Object>>();
    columns.put("audit_id", Optional.of(auditId));
    columns.put("trace_id", Optional.of(traceId));
    columns.put("event_id", Optional.ofNullable(eventId));
    columns.put("stage", Optional.of(stage));
    columns.put("type", Optional.of(type));
    columns.put("outcome", Optional.of(outcome));
    columns.put("tool", Optional.ofNullable(tool));
    columns.put("connector_id", Optional.ofNullable(connectorId));
    columns.put("task_id", Optional.ofNullable(taskId));
    return columns;
  }

  private static String oneOf(Set<String> known, String path, Leaves leaves)
      throws MalformedRecordException {
    String text = leaves.text(path);
    if (!known.contains(text)) {
      throw new MalformedRecordException(
          "\"" + path + "\" is none of " + known.stream().sorted().toList());
    }
    return text;
  }
}
