package dev.syris.task.watch;

import dev.syris.contracts.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks for an address, and says when it goes down or comes back, when its status changes, and when
 * a value in its JSON does. That it is down is something seen, not an error. It follows no
 * redirect.
 */
final class HttpWatcher implements Watcher {

  private static final int MAX_BODY = 1_048_576;
  private static final int MAX_VALUE = 1_000;

  private final String id;
  private final WatcherSettings.Wanted wanted;
  private final URI url;
  private final HttpClient client;

  HttpWatcher(String id, WatcherSettings.Wanted wanted, HttpClient client) {
    this.id = id;
    this.wanted = wanted;
    this.url = Objects.requireNonNull(wanted.url());
    this.client = client;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String type() {
    return "http";
  }

  @Override
  public Duration interval() {
    return wanted.interval();
  }

  @Override
  public Duration timeout() {
    return wanted.timeout();
  }

  @Override
  public Duration throttle() {
    return wanted.throttle();
  }

  @Override
  public Tick tick(Look look) throws InterruptedException {
    ObjectNode now = ask();
    ObjectNode before = look.state();
    if (before.isEmpty()) {
      return Tick.quiet(described(now), now);
    }
    String what = change(before, now);
    if (what == null) {
      return Tick.quiet(described(now), now);
    }
    ObjectNode structured =
        Json.object().put("watcher_id", id).put("url", shown()).put("change", what);
    structured.set("before", before);
    structured.set("now", now);
    String text = "%s: %s".formatted(id, described(now));
    return Tick.seen(what, now, new Tick.Observation(text, structured));
  }

  private ObjectNode ask() throws InterruptedException {
    Duration patience = wanted.timeout().multipliedBy(8).dividedBy(10);
    var request = HttpRequest.newBuilder(url).timeout(patience).GET().build();
    try {
      HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        boolean up = answer.statusCode() < 500;
        ObjectNode seen = Json.object().put("up", up).put("status", answer.statusCode());
        if (wanted.jsonPointer() != null) {
          seen.set("value", value(body.readNBytes(MAX_BODY)));
        }
        return seen;
      }
    } catch (IOException e) {
      return Json.object().put("up", false).put("error", e.getClass().getSimpleName());
    }
  }

  private JsonNode value(byte[] body) {
    try {
      JsonNode found = Json.mapper().readTree(body).at(wanted.jsonPointer());
      boolean small = !found.isMissingNode() && found.toString().length() <= MAX_VALUE;
      return small ? found : Json.mapper().nullNode();
    } catch (JacksonException e) {
      return Json.mapper().nullNode();
    }
  }

  private static @Nullable String change(ObjectNode before, ObjectNode now) {
    if (before.path("up").asBoolean() != now.path("up").asBoolean()) {
      return now.path("up").asBoolean() ? "up" : "down";
    }
    if (!before.path("status").equals(now.path("status"))) {
      return "status";
    }
    return before.path("value").equals(now.path("value")) ? null : "value";
  }

  private String described(ObjectNode seen) {
    String status = seen.has("status") ? "status " + seen.get("status") : "no answer";
    String value = seen.has("value") ? ", value " + seen.get("value") : "";
    return "%s is %s (%s%s)"
        .formatted(shown(), seen.path("up").asBoolean() ? "up" : "down", status, value);
  }

  /** A query may hold what is not for everybody. */
  private String shown() {
    return url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
  }
}
