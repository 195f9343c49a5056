package dev.syris.standalone.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.syris.contracts.json.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A stand-in for the gateway that keeps rules, shows them two a page, and heeds preconditions. */
final class RuleKeeper implements AutoCloseable {

  private static final String RULES = "/rules";
  private static final int PAGE = 2;

  /** The quiet hours there are, on two pages. */
  private static final List<String> HOURS = List.of("siesta", "lunch", "night");

  private final HttpServer server;
  private final Map<String, ObjectNode> rules = new ConcurrentSkipListMap<>();
  private final List<String> changes = new CopyOnWriteArrayList<>();
  private volatile Runnable afterListing = () -> {};

  RuleKeeper() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(RULES, this::handle);
    server.createContext("/quiet-hours", this::listHours);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** One is there, with what a gateway tells beside it. */
  void put(String id, String json) {
    put(id, (ObjectNode) Json.mapper().readTree(json));
  }

  private void put(String id, ObjectNode rule) {
    ObjectNode before = rules.get(id);
    long version = before == null ? 1 : before.path("version").asLong() + 1;
    rule.put("rule_id", id).put("version", version);
    rule.put("created_at", "2026-01-31T08:00:00.000Z")
        .put("updated_at", "2026-01-31T08:00:00.000Z");
    rule.put("hits", 3).putObject("suppressions").put("debounce", 4);
    rule.put("last_fired_at", "2026-01-31T08:00:00.000Z");
    rules.put(id, rule);
  }

  /** What happens between a list and what is made of it. */
  void afterListing(Runnable change) {
    afterListing = change;
  }

  Map<String, ObjectNode> rules() {
    return rules;
  }

  /** Method, path and If-Match of every request that is no question. */
  List<String> changes() {
    return changes;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      String id = exchange.getRequestURI().getPath().substring(RULES.length());
      id = id.isEmpty() ? id : id.substring(1);
      byte[] body = exchange.getRequestBody().readAllBytes();
      String tag = exchange.getRequestHeaders().getFirst("If-Match");
      if (method.equals("GET")) {
        JsonNode page = page(List.copyOf(rules.values()), exchange.getRequestURI().getQuery());
        afterListing.run();
        answer(exchange, 200, page);
      } else if (fails(exchange, tag, rules.get(id))) {
        answer(
            exchange,
            412,
            Json.object()
                .put("code", "precondition_failed")
                .put("detail", "it is another version"));
      } else {
        changes.add(method + " " + id + (tag == null ? "" : " " + tag));
        change(method, id, body);
        answer(exchange, method.equals("DELETE") ? 204 : 200, Json.object());
      }
    }
  }

  private static boolean fails(
      HttpExchange exchange, @Nullable String tag, @Nullable JsonNode rule) {
    boolean onlyNew = "*".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
    return (tag != null && !tag.equals(etag(rule))) || (onlyNew && rule != null);
  }

  private void listHours(HttpExchange exchange) throws IOException {
    try (exchange) {
      List<JsonNode> hours =
          HOURS.stream().map(name -> (JsonNode) Json.object().put("quiet_hours_id", name)).toList();
      answer(exchange, 200, page(hours, exchange.getRequestURI().getQuery()));
    }
  }

  private void change(String method, String id, byte[] body) {
    if (method.equals("DELETE")) {
      rules.remove(id);
    } else {
      put(id, (ObjectNode) Json.mapper().readTree(body));
    }
  }

  private static @Nullable String etag(@Nullable JsonNode rule) {
    return rule == null ? null : "\"" + rule.path("version").asLong() + "\"";
  }

  private static JsonNode page(List<? extends JsonNode> all, String query) {
    int from =
        query.contains("cursor=")
            ? Integer.parseInt(query.replaceAll(".*cursor=(\\d+).*", "$1"))
            : 0;
    ObjectNode page = Json.object();
    page.putArray("items")
        .addAll(all.stream().skip(from).limit(PAGE).map(JsonNode::deepCopy).toList());
    boolean more = all.size() > from + PAGE;
    return more ? page.put("next_cursor", "" + (from + PAGE)) : page.putNull("next_cursor");
  }

  private static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = Json.bytes(body);
    exchange.sendResponseHeaders(status, status == 204 ? -1 : bytes.length);
    if (status != 204) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
