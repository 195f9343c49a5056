package dev.syris.task.engine;

import dev.syris.contracts.id.IdSource;
import dev.syris.platform.outbox.Outbox;
import dev.syris.task.TaskSettings;
import dev.syris.task.call.GateParts;
import dev.syris.task.call.ToolRuntime;
import dev.syris.task.instance.Instance;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The engine and its doors, put together. */
@Configuration(proxyBeanMethods = false)
public class EngineConfiguration {

  @Bean
  EngineParts engineParts(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Outbox outbox,
      ToolRuntime runtime,
      InstantSource clock,
      IdSource ids,
      GateParts gate) {
    return new EngineParts(
        jdbc,
        transaction,
        outbox,
        runtime.starter(),
        clock,
        ids,
        () -> ThreadLocalRandom.current().nextDouble(),
        gate);
  }

  @Bean
  TaskEngine taskEngine(
      EngineParts parts, Instance instance, TaskSettings settings, ToolRuntime runtime) {
    return new TaskEngine(parts, instance, settings, runtime);
  }

  @Bean
  TaskCreation taskCreation(EngineParts parts, TaskEngine engine) {
    return new TaskCreation(parts, engine::wake);
  }

  @Bean
  TaskCommands taskCommands(EngineParts parts, TaskEngine engine) {
    return new TaskCommands(parts, new TaskBatch(new TaskTable(parts.jdbc()), engine::wake));
  }

  @Bean
  TaskViews taskViews(JdbcClient jdbc) {
    return new TaskViews(jdbc);
  }

  @Bean
  EngineProbe engineProbe(TaskEngine engine) {
    return new EngineProbe(engine);
  }
}
