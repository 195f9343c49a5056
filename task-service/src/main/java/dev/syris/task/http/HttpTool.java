package dev.syris.task.http;

import dev.syris.contracts.id.TraceParent;
import dev.syris.contracts.routing.RiskLevel;
import dev.syris.platform.secret.Secrets;
import dev.syris.task.tool.ActionDefinition;
import dev.syris.task.tool.ActionDefinition.Effect;
import dev.syris.task.tool.InputSchema;
import dev.syris.task.tool.Invocation;
import dev.syris.task.tool.Preview;
import dev.syris.task.tool.Previewing;
import dev.syris.task.tool.ToolAction;
import dev.syris.task.tool.ToolAnswer;
import dev.syris.task.tool.ToolDefinition;
import dev.syris.task.tool.ToolProvider;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Sends one request. Secrets are put in when it is sent, and taken out of what comes back. */
final class HttpTool implements ToolProvider {

  private static final String SCHEMA =
      """
      {
        "type": "object",
        "description": "Sends one HTTP request to a host of syris.tools.http.allowed-hosts. A value of url, query, headers or body may be {\\"$secret\\": \\"connector/key\\"}, with \\"prefix\\" for what goes before it.",
        "properties": {
          "method": {"type": "string", "enum": ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]},
          "url": {"description": "http:// or https://, without credentials"},
          "query": {"type": "object", "description": "added to the url, encoded"},
          "headers": {"type": "object", "description": "by name; those of the connection are the tool's own"},
          "body": {"description": "text as it is; anything else as JSON"},
          "idempotent": {"type": "boolean", "description": "the target honours Idempotency-Key"}
        },
        "required": ["method", "url"],
        "additionalProperties": false
      }
      """;

  private final HttpToolSettings settings;
  private final HttpRequests requests;

  HttpTool(HttpToolSettings settings, HttpSender sender, Secrets secrets, InstantSource clock) {
    this.settings = settings;
    this.requests = new HttpRequests(sender, secrets, clock, settings.maxRequest().toBytes(), true);
  }

  @Override
  public ToolDefinition definition() {
    return new ToolDefinition(
        "http",
        "the method and the url",
        List.of(
            new ActionDefinition(
                "request",
                RiskLevel.MEDIUM,
                List.of("http"),
                Effect.ONCE,
                settings.timeout(),
                InputSchema.parse(SCHEMA),
                HttpArgs::traits)),
        new ToolDefinition.IntegrationDefinition("http", "http"));
  }

  @Override
  public String target(String action, ObjectNode args) {
    return args.path("method").asString("") + " " + args.path("url");
  }

  @Override
  public Map<String, ToolAction> actions() {
    return Map.of("request", Previewing.calling(HttpTool::preview, this::request));
  }

  private static Preview preview(Invocation by) {
    return Preview.of(HttpArgs.describe(by.args(), by.idempotencyKey()));
  }

  private ToolAnswer request(Invocation by) throws InterruptedException {
    Preview preview = preview(by);
    Effect effect = HttpArgs.traits(by.args()).effect();
    String traceparent = TraceParent.format(by.traceId(), by.toolCallId().value());
    return preview.sent(requests.send(by.args(), preview.request(), effect, traceparent));
  }
}
