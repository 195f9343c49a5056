package dev.syris.standalone.up;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Asks the gateway's open address until the whole path works, from the door to the ledger. */
final class Readiness {

  private static final Duration ASK_EVERY = Duration.ofMillis(50);
  private static final int OK = 200;

  private Readiness() {}

  /**
   * False where the path does not work within the time given; the system runs on, and may yet get
   * there.
   */
  static boolean await(String url, Duration atMost) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(url + "/health")).timeout(Duration.ofSeconds(5)).build();
    long deadline = System.nanoTime() + atMost.toNanos();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (System.nanoTime() < deadline) {
        if (healthy(http, request)) {
          return true;
        }
        TimeUnit.NANOSECONDS.sleep(ASK_EVERY.toNanos());
      }
    }
    return false;
  }

  private static boolean healthy(HttpClient http, HttpRequest request) throws InterruptedException {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == OK;
    } catch (IOException _) {
      return false;
    }
  }
}
