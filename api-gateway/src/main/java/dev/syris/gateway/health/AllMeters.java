package dev.syris.gateway.health;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's meters and those of the services behind it. All are asked at the same time, at most
 * once a second, whoever asks; one that does not answer in time is left out and {@code
 * syris_meters_read} says so. Thread-safe.
 */
final class AllMeters implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AllMeters.class);
  private static final Duration PATIENCE = Duration.ofMillis(1500);
  private static final Duration AT_MOST_EVERY = Duration.ofSeconds(1);

  private final PrometheusMeterRegistry own;
  private final List<ServiceMeters> services;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Remembered<Map<String, Optional<String>>> answers =
      new Remembered<>(this::ask, AT_MOST_EVERY);

  AllMeters(PrometheusMeterRegistry own, List<ServiceMeters> services) {
    this.own = own;
    this.services = List.copyOf(services);
  }

  /** In Prometheus' text format. */
  String text() {
    var all = new Exposition();
    all.add(own.scrape());
    all.add(
        """
        # HELP syris_meters_read 1 where a service's meters are among these
        # TYPE syris_meters_read gauge
        """);
    answers
        .get()
        .forEach(
            (service, meters) -> {
              all.addOf(service, "syris_meters_read " + (meters.isPresent() ? "1.0" : "0.0"));
              meters.ifPresent(text -> all.addOf(service, text));
            });
    return all.text();
  }

  private Map<String, Optional<String>> ask() {
    var asked = new LinkedHashMap<String, Future<Optional<String>>>();
    services.forEach(service -> asked.put(service.name(), threads.submit(service::ask)));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    var found = new LinkedHashMap<String, Optional<String>>();
    asked.forEach((name, answer) -> found.put(name, await(name, answer, deadline)));
    return found;
  }

  private static Optional<String> await(
      String name, Future<Optional<String>> answer, long deadline) {
    try {
      return answer.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
    } catch (ExecutionException e) {
      LOG.warn("the meters of {} could not be read", name, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
