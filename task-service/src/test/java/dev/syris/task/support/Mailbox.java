package dev.syris.task.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Stands for where the operator is reached: keeps what it gets, answers what it is told to. */
public final class Mailbox implements AutoCloseable {

  private final HttpServer server;
  private final List<Letter> letters = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile Map<String, String> answerHeaders = Map.of();

  /** A request it got. */
  public record Letter(String path, Map<String, List<String>> headers, String body) {
    public String header(String name) {
      return headers.entrySet().stream()
          .filter(entry -> entry.getKey().equalsIgnoreCase(name))
          .map(entry -> entry.getValue().getFirst())
          .findFirst()
          .orElse("");
    }
  }

  public Mailbox() {
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      letters.add(
          new Letter(
              exchange.getRequestURI().getPath(), Map.copyOf(exchange.getRequestHeaders()), body));
      answerHeaders.forEach(exchange.getResponseHeaders()::set);
      byte[] echo = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain");
      exchange.sendResponseHeaders(status, echo.length == 0 ? -1 : echo.length);
      if (echo.length > 0) {
        exchange.getResponseBody().write(echo);
      }
    }
  }

  public void answer(int with, Map<String, String> headers) {
    status = with;
    answerHeaders = headers;
  }

  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  public List<Letter> letters() {
    return letters;
  }

  public List<Letter> letters(String path) {
    return letters.stream().filter(letter -> letter.path().equals(path)).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
