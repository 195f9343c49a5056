package dev.syris.task.support;

import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.Requester;
import dev.syris.contracts.tool.ToolCallRequest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Requests for tool calls, each in a trace of its own. */
public final class Requests {

  private Requests() {}

  public static ToolCallRequest noop(String args) {
    return request("noop", "run", args, List.of());
  }

  public static ToolCallRequest timer(long seconds, String... scopes) {
    return request("timer", "set", "{\"seconds\": %d}".formatted(seconds), List.of(scopes));
  }

  public static ToolCallRequest request(
      String tool, String action, String args, List<String> scopes) {
    return new ToolCallRequest(
        new ToolCallId(UUID.randomUUID()),
        new TraceId(UUID.randomUUID()),
        new EventId(UUID.randomUUID()),
        null,
        null,
        tool,
        action,
        (ObjectNode) Json.mapper().readTree(args),
        "key-" + UUID.randomUUID(),
        new Requester("connector", "kitchen"),
        scopes,
        0,
        Instant.ofEpochMilli(System.currentTimeMillis()));
  }

  /** The same, as another call. */
  public static ToolCallRequest sameKey(ToolCallRequest other, String args) {
    return new ToolCallRequest(
        new ToolCallId(UUID.randomUUID()),
        new TraceId(UUID.randomUUID()),
        other.eventId(),
        null,
        null,
        other.tool(),
        other.action(),
        (ObjectNode) Json.mapper().readTree(args),
        other.idempotencyKey(),
        other.requestedBy(),
        other.grantedScopes(),
        other.depth(),
        other.requestedAt());
  }
}
