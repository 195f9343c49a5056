package dev.syris.standalone.cli;

import dev.syris.contracts.id.ApprovalId;
import dev.syris.contracts.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Answers one approval, and says what became of it. */
final class Answers {

  private Answers() {}

  static int send(Client client, PrintWriter out, String id, String verb, @Nullable String reason)
      throws IOException {
    var body = Json.object();
    if (reason != null) {
      body.put("reason", reason);
    }
    JsonNode approval = client.post("/approvals/%s/%s".formatted(checked(id), verb), body);
    JsonNode what = approval.path("what");
    out.printf(
        "%s: %s %s is %s, trace %s%n",
        approval.path("approval_id").asString(id),
        what.path("tool").asString("?"),
        what.path("action").asString("?"),
        approval.path("status").asString("?"),
        approval.path("trace_id").asString("?"));
    return 0;
  }

  private static ApprovalId checked(String id) throws IOException {
    try {
      return ApprovalId.parse(id);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "\"%s\" is no approval's id; ./syris approvals shows them".formatted(id), e);
    }
  }
}
