package dev.syris.task.http;

import dev.syris.contracts.id.TraceParent;
import dev.syris.contracts.routing.RiskLevel;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.platform.secret.SecretReferences;
import dev.syris.platform.secret.Secrets;
import dev.syris.platform.secret.UnreadableSecretException;
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
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.JsonNode;
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
  private final HttpSender sender;
  private final Secrets secrets;
  private final InstantSource clock;

  HttpTool(HttpToolSettings settings, HttpSender sender, Secrets secrets, InstantSource clock) {
    this.settings = settings;
    this.sender = sender;
    this.secrets = secrets;
    this.clock = clock;
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
    return switch (resolve(by.args(), preview.request())) {
      case Prepared.Refused(ErrorDetail error) -> new ToolAnswer.Failed(error);
      case Prepared.Ready(Outgoing outgoing, Mask mask) -> preview.sent(send(by, outgoing, mask));
    };
  }

  /** What is ready to be sent, or why nothing is. */
  private sealed interface Prepared {
    record Ready(Outgoing outgoing, Mask mask) implements Prepared {}

    record Refused(ErrorDetail error) implements Prepared {}
  }

  private Prepared resolve(ObjectNode args, ObjectNode described) {
    try {
      return switch (SecretReferences.resolve(described, secrets)) {
        case SecretReferences.Missing(var names) ->
            new Prepared.Refused(
                ErrorDetail.permanent(
                    "secret.not_set",
                    "the secret %s is not set, nothing was sent; set it with ./syris secret set %s"
                        .formatted(names.getFirst(), names.getFirst())));
        case SecretReferences.Malformed(String pointer) ->
            new Prepared.Refused(
                ErrorDetail.permanent(
                    "secret.malformed",
                    pointer
                        + " is no reference to a secret; write {\"$secret\": \"connector/key\"}, with \"prefix\" if something goes before it"));
        case SecretReferences.Resolved(JsonNode resolved, Set<String> revealed) ->
            read(args, described, resolved, new Mask(revealed));
      };
    } catch (UnreadableSecretException e) {
      return new Prepared.Refused(
          ErrorDetail.permanent("secret.unreadable", String.valueOf(e.getMessage())));
    } catch (DataAccessException | TransactionException e) {
      return new Prepared.Refused(
          ErrorDetail.retryable(
              "database.unavailable", "secrets can't be looked up now, nothing was sent"));
    }
  }

  private Prepared read(ObjectNode args, ObjectNode described, JsonNode resolved, Mask mask) {
    return switch (HttpArgs.read(args, described, resolved, settings.maxRequest().toBytes())) {
      case HttpArgs.Reading.Refused(ErrorDetail error) -> new Prepared.Refused(error);
      case HttpArgs.Reading.Ready(Outgoing outgoing) -> new Prepared.Ready(outgoing, mask);
    };
  }

  private ToolAnswer send(Invocation by, Outgoing first, Mask mask) throws InterruptedException {
    Effect effect = HttpArgs.traits(by.args()).effect();
    String traceparent = TraceParent.format(by.traceId(), by.toolCallId().value());
    Outgoing outgoing = first;
    for (int followed = 0; ; followed++) {
      String where = where(outgoing, mask);
      switch (sender.send(outgoing, traceparent)) {
        case Exchange.NotSent notSent -> {
          return Verdicts.notSent(notSent, mask);
        }
        case Exchange.NoAnswer noAnswer -> {
          return Verdicts.noAnswer(noAnswer, effect, mask);
        }
        case Exchange.Answered answer -> {
          switch (Redirects.after(outgoing, answer, followed)) {
            case Redirects.Step.Take _ -> {
              return Verdicts.answered(answer, effect, where, mask, clock.instant());
            }
            case Redirects.Step.Refuse(String reason) -> {
              return Verdicts.redirectRefused(answer, where, reason, mask);
            }
            case Redirects.Step.Follow(Outgoing next) -> outgoing = next;
          }
        }
      }
    }
  }

  /** Method, host and path; what comes after may be private. */
  private static String where(Outgoing outgoing, Mask mask) {
    URI url = outgoing.url();
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return mask.text(
        "%s %s://%s%s%s"
            .formatted(outgoing.method(), url.getScheme(), url.getHost(), port, url.getRawPath()));
  }
}
