package dev.syris.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import tools.jackson.databind.node.StringNode;

/**
 * A target that can't keep anything to itself: it says back whatever it is told, in body, headers
 * and redirects, in clear and encoded. Thread-safe.
 */
final class EchoTarget implements AutoCloseable {

  private final HttpServer server;
  private final Queue<String> heard = new ConcurrentLinkedQueue<>();

  private volatile String gossip = "";

  private EchoTarget(HttpServer server) {
    this.server = server;
  }

  static EchoTarget start() throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(address, 0);
    var target = new EchoTarget(server);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/ok", exchange -> target.answer(exchange, 200));
    server.createContext("/refused", exchange -> target.answer(exchange, 422));
    server.createContext("/broken", exchange -> target.answer(exchange, 500));
    server.createContext("/again", exchange -> target.answer(exchange, 307));
    server.createContext("/moved", exchange -> target.answer(exchange, 301));
    server.start();
    return target;
  }

  private void answer(HttpExchange exchange, int status) throws IOException {
    try (exchange) {
      String told =
          exchange.getRequestURI()
              + " "
              + exchange.getRequestHeaders().getOrDefault("X-key", List.of())
              + " "
              + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      heard.add(told);
      byte[] body =
          "{\"told\":%s,\"encoded\":\"%s\",\"percent\":\"%s\",\"gossip\":\"%s\"}"
              .formatted(
                  new StringNode(told),
                  Base64.getEncoder().encodeToString(told.getBytes(StandardCharsets.UTF_8)),
                  URLEncoder.encode(told, StandardCharsets.UTF_8),
                  gossip)
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.getResponseHeaders().add("X-Request-Id", told.replaceAll("\\s", " "));
      exchange
          .getResponseHeaders()
          .add("Location", "/ok?" + exchange.getRequestURI().getRawQuery());
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** From now on adds that to every answer. */
  void gossip(String text) {
    gossip = text;
  }

  String url(String path) {
    return "http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), path);
  }

  /** How often it was told a text. */
  long heard(String text) {
    return heard.stream().filter(told -> told.contains(text)).count();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
