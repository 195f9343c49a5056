package dev.syris.task.call;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.task.tool.CanonicalJson;

/**
 * A request as it is kept.
 *
 * @param requestHash tells whether two requests with the same idempotency key ask for the same
 *     thing
 */
public record ReceivedCall(ToolCallRequest request, String requestHash) {

  public static ReceivedCall of(ToolCallRequest request) {
    var what = Json.object().put("tool", request.tool()).put("action", request.action());
    what.set("args", request.args());
    return new ReceivedCall(request, CanonicalJson.hash(what));
  }
}
