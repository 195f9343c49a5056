package dev.syris.standalone.up;

import dev.syris.gateway.ApiGateway;
import dev.syris.ingest.IngestService;
import dev.syris.pipeline.PipelineStreams;
import dev.syris.task.TaskService;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * The four services in this JVM. They start side by side, and stop in the one order that loses
 * nothing.
 */
final class Services implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Services.class);

  private final CompletableFuture<ConfigurableApplicationContext> task;
  private final CompletableFuture<ConfigurableApplicationContext> pipeline;
  private final CompletableFuture<ConfigurableApplicationContext> ingest;
  private final CompletableFuture<ConfigurableApplicationContext> gateway;

  private Services(ServiceProperties properties, String settingsLocation, ExecutorService threads) {
    task = launch(threads, TaskService::application, properties.task(), settingsLocation);
    pipeline =
        launch(threads, PipelineStreams::application, properties.pipeline(), settingsLocation);
    ingest = launch(threads, IngestService::application, properties.ingest(), settingsLocation);
    gateway = launch(threads, ApiGateway::application, properties.gateway(), settingsLocation);
  }

  /**
   * Starts all four; when it returns, all four are up.
   *
   * @throws IllegalStateException where one does not start; the others are stopped again
   */
  static Services start(ServiceProperties properties, String settingsLocation) {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(4, Thread.ofPlatform().name("start-", 1).factory())) {
      var services = new Services(properties, settingsLocation, threads);
      try {
        CompletableFuture.allOf(services.task, services.pipeline, services.ingest, services.gateway)
            .join();
        return services;
      } catch (CompletionException e) {
        services.close();
        throw new IllegalStateException("a service did not start: " + rootMessage(e), e.getCause());
      }
    }
  }

  private static CompletableFuture<ConfigurableApplicationContext> launch(
      ExecutorService threads,
      Supplier<SpringApplicationBuilder> application,
      Map<String, Object> properties,
      String settingsLocation) {
    return CompletableFuture.supplyAsync(
        () ->
            application
                .get()
                .registerShutdownHook(false)
                .initializers(
                    context ->
                        context
                            .getEnvironment()
                            .getPropertySources()
                            .addFirst(new MapPropertySource("standalone", properties)))
                .run("--spring.config.additional-location=" + settingsLocation),
        threads);
  }

  /** Gateway, ingest, streams, task: nothing comes in that would not be finished. */
  @Override
  public void close() {
    stop("gateway", gateway);
    stop("ingest", ingest);
    stop("pipeline", pipeline);
    stop("task", task);
  }

  private static void stop(String name, CompletableFuture<ConfigurableApplicationContext> service) {
    if (service.isCompletedExceptionally()) {
      return;
    }
    long before = System.nanoTime();
    try {
      service.join().close();
    } catch (RuntimeException e) {
      LOG.warn("{} did not stop cleanly", name, e);
    }
    LOG.info("{} stopped in {} ms", name, (System.nanoTime() - before) / 1_000_000);
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }
}
