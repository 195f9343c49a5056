package dev.syris.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A target outside, which outlives every kill and counts what reaches it at {@code
 * /effects/<number>}, by number and by Idempotency-Key. As far as it honours keys, one key is one
 * effect however often it comes. Thread-safe.
 */
final class Recorder implements AutoCloseable {

  private static final String PATH = "/effects/";
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final HttpServer server;
  private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();

  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile Duration longest = LONGEST;

  private Recorder(HttpServer server) {
    this.server = server;
  }

  /** What came in, noted before it was answered. */
  record Request(String number, String key, String body) {}

  static Recorder start() throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(address, 0);
    var recorder = new Recorder(server);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(PATH, recorder::take);
    server.start();
    return recorder;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
      String number = exchange.getRequestURI().getPath().substring(PATH.length());
      requests.add(new Request(number, String.valueOf(key), sent));
      count.incrementAndGet();
      boolean opened = gate.await(longest.toMillis(), TimeUnit.MILLISECONDS);
      byte[] body =
          "{\"number\":\"%s\",\"held\":%s}"
              .formatted(number, !opened)
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** From now on takes requests and answers none, until {@link #release}. */
  void hold() {
    longest = LONGEST;
    gate = new CountDownLatch(1);
  }

  /** Answers what is held, and whatever comes, at once. */
  void release() {
    gate.countDown();
  }

  /** From now on answers that long after a request was noted. */
  void answerAfter(Duration delay) {
    longest = delay;
    gate = new CountDownLatch(1);
  }

  String url(String number) {
    return "http://127.0.0.1:%d%s%s".formatted(server.getAddress().getPort(), PATH, number);
  }

  /** How many requests there were. */
  int count() {
    return count.get();
  }

  List<Request> requests(String number) {
    return requests.stream().filter(request -> request.number().equals(number)).toList();
  }

  /** The different keys that came for a number: its effects, where keys are honoured. */
  Set<String> keys(String number) {
    return requests(number).stream().map(Request::key).collect(Collectors.toSet());
  }

  @Override
  public void close() {
    release();
    server.stop(0);
  }
}
