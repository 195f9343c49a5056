package dev.syris.gateway.health;

import dev.syris.platform.health.HealthProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks all parts at the same time and waits a little for each. Thread-safe. */
final class SubsystemProbes implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMillis(1500);

  private final Map<String, Callable<Subsystem>> questions = new LinkedHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param own probes of this service, each a part of its own
   * @param services the other services
   */
  SubsystemProbes(List<HealthProbe> own, List<ServiceProbe> services) {
    own.forEach(probe -> questions.put(probe.name(), () -> ask(probe)));
    services.forEach(service -> questions.put(service.name(), service::ask));
  }

  /** Their names, in order. */
  List<String> names() {
    return List.copyOf(questions.keySet());
  }

  List<Subsystem> ask() {
    var asked = new LinkedHashMap<String, Future<Subsystem>>();
    questions.forEach((name, question) -> asked.put(name, threads.submit(question)));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    var found = new ArrayList<Subsystem>();
    asked.forEach((name, answer) -> found.add(await(name, answer, deadline)));
    return found;
  }

  private static Subsystem ask(HealthProbe probe) {
    HealthProbe.Result result = probe.check();
    return new Subsystem(probe.name(), result.up(), result.details());
  }

  private static Subsystem await(String name, Future<Subsystem> answer, long deadline) {
    try {
      return answer.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      return Subsystem.down(name, "no answer in time");
    } catch (ExecutionException e) {
      return Subsystem.down(name, String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Subsystem.down(name, "interrupted");
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
