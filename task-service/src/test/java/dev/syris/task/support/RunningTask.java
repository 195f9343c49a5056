package dev.syris.task.support;

import dev.syris.platform.health.HealthProbe;
import dev.syris.platform.kafka.KafkaSettings;
import dev.syris.platform.postgres.PostgresSettings;
import dev.syris.task.TaskService;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;

/** The task service as it runs in production, against the backends of the tests. */
public final class RunningTask implements AutoCloseable {

  private final ConfigurableApplicationContext context;

  private RunningTask(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Starts it; the group is read from where its former self in that database stopped. */
  public static RunningTask start(TestDatabase database, String group, String... more) {
    KafkaSettings kafka = TestBackends.kafka("task");
    PostgresSettings postgres = database.as("syris_task");
    List<String> arguments = new ArrayList<>();
    arguments.add("--syris.kafka.bootstrap-servers=" + kafka.bootstrapServers());
    arguments.add("--syris.kafka.username=" + kafka.username());
    arguments.add("--syris.kafka.password=" + kafka.password());
    arguments.add("--syris.postgres.url=" + postgres.url());
    arguments.add("--syris.postgres.username=" + postgres.username());
    arguments.add("--syris.postgres.password=" + postgres.password());
    arguments.add("--syris.assertion.key=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
    arguments.add("--syris.task.group=" + group);
    arguments.addAll(Arrays.asList(more));
    return new RunningTask(TaskService.application().run(arguments.toArray(String[]::new)));
  }

  public boolean unhealthy(String probe) {
    return context.getBeansOfType(HealthProbe.class).values().stream()
        .filter(candidate -> candidate.name().equals(probe))
        .anyMatch(candidate -> !candidate.check().up());
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public int port() {
    return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
  }

  @Override
  public void close() {
    context.close();
  }
}
