package dev.syris.task.intake;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.task.call.ReceivedCall;
import dev.syris.task.intake.RequestReading.Accepted;
import dev.syris.task.intake.RequestReading.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/**
 * Reads requests for tool calls as strictly as the table needs them. Never throws, whatever the
 * bytes. Pure.
 */
final class RequestReader {

  /** What is missing is named below, all of it at once. */
  private static final ObjectReader READER =
      Json.mapper()
          .readerFor(ToolCallRequest.class)
          .without(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  private static final int MAX_NAME = 128;
  private static final int MAX_KEY = 512;
  private static final int MAX_ID = 512;
  private static final int SHOWN = 200;

  private RequestReader() {}

  static RequestReading read(byte @Nullable [] value) {
    if (value == null || value.length == 0) {
      return new Rejected("tool_call.empty", "there is no value");
    }
    try {
      ToolCallRequest request = READER.readValue(value);
      if (request == null) {
        return new Rejected("tool_call.malformed", "null is no request");
      }
      String fault = fault(request);
      return fault == null
          ? new Accepted(ReceivedCall.of(request))
          : new Rejected("tool_call.invalid", fault);
    } catch (JacksonException e) {
      return new Rejected(
          "tool_call.malformed", StorableText.shown(firstSentence(e.getOriginalMessage()), SHOWN));
    }
  }

  /** Without the mapper's advice to programmers. */
  private static String firstSentence(String message) {
    int end = message.indexOf(" (");
    return (end < 0 ? message : message.substring(0, end)).lines().findFirst().orElse("not JSON");
  }

  private static @Nullable String fault(ToolCallRequest request) {
    List<String> missing = missing(request);
    if (!missing.isEmpty()) {
      return "missing: " + String.join(", ", missing);
    }
    if (request.depth() < 0) {
      return "depth is " + request.depth();
    }
    String[] faults = {
      text("tool", request.tool(), MAX_NAME),
      text("action", request.action(), MAX_NAME),
      text("idempotency_key", request.idempotencyKey(), MAX_KEY),
      text("requested_by.type", request.requestedBy().type(), MAX_NAME),
      text("requested_by.id", request.requestedBy().id(), MAX_ID),
      text("task_id", request.taskId(), MAX_ID),
      text("step_id", request.stepId(), MAX_ID),
      json("args", request.args()),
      json("granted_scopes", Json.mapper().valueToTree(request.grantedScopes()))
    };
    for (String fault : faults) {
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  /** A mapper leaves what is missing null, whatever the record says. */
  private static List<String> missing(ToolCallRequest request) {
    var missing = new ArrayList<String>();
    need(missing, "tool_call_id", request.toolCallId());
    need(missing, "trace_id", request.traceId());
    need(missing, "tool", request.tool());
    need(missing, "action", request.action());
    need(missing, "args", request.args());
    need(missing, "idempotency_key", request.idempotencyKey());
    need(missing, "requested_at", request.requestedAt());
    need(missing, "requested_by", request.requestedBy());
    if (Objects.nonNull(request.requestedBy())) {
      need(missing, "requested_by.type", request.requestedBy().type());
      need(missing, "requested_by.id", request.requestedBy().id());
    }
    need(missing, "granted_scopes", request.grantedScopes());
    if (Objects.nonNull(request.grantedScopes())
        && request.grantedScopes().stream().anyMatch(Objects::isNull)) {
      missing.add("granted_scopes[]");
    }
    return missing;
  }

  private static void need(List<String> missing, String name, @Nullable Object value) {
    if (value == null) {
      missing.add(name);
    }
  }

  private static @Nullable String text(String name, @Nullable String value, int maxLength) {
    if (value == null) {
      return null;
    }
    if (value.isEmpty() || value.length() > maxLength) {
      return "%s has %d characters; it must have from 1 to %d"
          .formatted(name, value.length(), maxLength);
    }
    String fault = StorableText.fault(value);
    return fault == null ? null : name + " " + fault;
  }

  private static @Nullable String json(String name, JsonNode value) {
    String fault = StorableText.faultIn(value);
    return fault == null ? null : name + " " + fault;
  }
}
