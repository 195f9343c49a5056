package dev.syris.task.tool;

import tools.jackson.databind.node.ObjectNode;

/**
 * What a call would send.
 *
 * @param request as it would be sent, each secret as its reference
 * @param hash of the request's canonical form; the same as that of what is sent
 */
public record Preview(ObjectNode request, String hash) {

  private static final String SENT = "request_sha256";

  public static Preview of(ObjectNode request) {
    return new Preview(request, CanonicalJson.hash(request));
  }

  /** What came of sending it; the output of a success names the hash of what was sent. */
  public ToolAnswer sent(ToolAnswer answer) {
    return switch (answer) {
      case ToolAnswer.Succeeded(ObjectNode output, String summary) ->
          new ToolAnswer.Succeeded(output.put(SENT, hash), summary);
      case ToolAnswer.Succeeded other -> other;
      case ToolAnswer.Failed failed -> failed;
      case ToolAnswer.Unknown unknown -> unknown;
    };
  }
}
