package dev.syris.task.notify;

import dev.syris.contracts.json.Json;
import dev.syris.platform.secret.SecretName;
import dev.syris.task.http.HttpRequests;
import dev.syris.task.notify.NotifySettings.Target;
import dev.syris.task.tool.ActionDefinition.Effect;
import dev.syris.task.tool.ToolAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Says a message the way its target wants it, and sends it. Thread-safe. */
public final class Targets {

  private final Map<String, Target> targets;
  private final HttpRequests requests;

  public Targets(NotifySettings settings, HttpRequests requests) {
    this.targets = settings.targets();
    this.requests = requests;
  }

  /** Their ids, in order. */
  public SortedSet<String> ids() {
    return new TreeSet<>(targets.keySet());
  }

  /** What a repeat with the same key would do there; a second effect where it is not known. */
  Effect effect(String id) {
    Target target = targets.get(id);
    return target != null && target.honoursIdempotencyKey() ? Effect.IDEMPOTENT : Effect.ONCE;
  }

  /** The arguments of the request that says a message; empty where there is no such target. */
  Optional<ObjectNode> request(String id, Message message) {
    return Optional.ofNullable(targets.get(id))
        .map(
            target ->
                switch (target.type()) {
                  case NTFY -> ntfy(target, message);
                  case WEBHOOK -> webhook(target, message);
                });
  }

  /**
   * Sends a message.
   *
   * @throws InterruptedException where the caller was interrupted; the exchange is broken off
   */
  public ToolAnswer send(String id, Message message, String idempotencyKey, String traceparent)
      throws InterruptedException {
    ObjectNode request = request(id, message).orElseThrow();
    ObjectNode described = HttpRequests.describe(request, idempotencyKey);
    return send(id, request, described, traceparent);
  }

  ToolAnswer send(String id, ObjectNode request, ObjectNode described, String traceparent)
      throws InterruptedException {
    return requests.send(request, described, effect(id), traceparent);
  }

  private static ObjectNode ntfy(Target target, Message message) {
    ObjectNode request = post(target);
    ObjectNode headers = (ObjectNode) request.get("headers");
    headers.put("Title", header(message.title()));
    headers.put("Priority", message.urgency() == Urgency.HIGH ? "5" : "3");
    headers.put("Tags", message.urgency() == Urgency.HIGH ? "rotating_light" : "bell");
    if (message.link() != null) {
      headers.put("Click", message.link());
    }
    request.set("body", message.body());
    return request;
  }

  private static ObjectNode webhook(Target target, Message message) {
    ObjectNode request = post(target);
    ObjectNode body = request.putObject("body");
    body.setAll(message.more());
    body.put("title", message.title());
    body.set("body", message.body());
    body.put("urgency", message.urgency().wire());
    if (message.link() != null) {
      body.put("url", message.link());
    }
    return request;
  }

  private static ObjectNode post(Target target) {
    ObjectNode request = Json.object().put("method", "POST");
    request.set("url", value(target.url(), ""));
    ObjectNode headers = request.putObject("headers");
    new TreeMap<>(target.headers()).forEach((name, value) -> headers.set(name, value(value, "")));
    if (target.token() != null) {
      headers.set("Authorization", value(target.token(), "Bearer "));
    }
    return request;
  }

  /** As the configuration has it, a secret of the store as the reference requests know. */
  private static JsonNode value(String configured, String prefix) {
    Optional<SecretName> secret = SecretName.ofReference(configured);
    if (secret.isEmpty()) {
      return StringNode.valueOf(prefix + configured);
    }
    ObjectNode reference = Json.object().put("$secret", secret.get().value());
    return prefix.isEmpty() ? reference : reference.put("prefix", prefix);
  }

  /** A header is ASCII; anything else goes as RFC 2047 has it, which ntfy reads. */
  private static String header(String text) {
    boolean plain = text.chars().allMatch(c -> c >= ' ' && c <= '~');
    return plain
        ? text
        : "=?UTF-8?B?%s?="
            .formatted(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }
}
