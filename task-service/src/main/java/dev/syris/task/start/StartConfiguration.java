package dev.syris.task.start;

import dev.syris.contracts.id.IdSource;
import dev.syris.platform.outbox.Outbox;
import dev.syris.task.engine.TaskCreation;
import dev.syris.task.plan.PlanReader;
import dev.syris.task.template.Templates;
import dev.syris.task.tool.ToolRegistry;
import dev.syris.task.web.RequestWatch;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Plans, templates, and the ways to start tasks. */
@Configuration(proxyBeanMethods = false)
@Import(TaskController.class)
public class StartConfiguration {

  @Bean
  PlanReader planReader(ToolRegistry registry, IdSource ids, InstantSource clock) {
    return new PlanReader(registry, ids, clock);
  }

  @Bean
  Templates templates(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Outbox outbox,
      PlanReader reader,
      IdSource ids,
      InstantSource clock) {
    return new Templates(jdbc, transaction, outbox, reader, ids, clock);
  }

  @Bean
  TaskDrafts taskDrafts(PlanReader reader, Templates templates) {
    return new TaskDrafts(reader, templates);
  }

  @Bean
  TaskStarts taskStarts(
      TaskDrafts drafts,
      TaskCreation creation,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      RequestWatch watch,
      IdSource ids,
      InstantSource clock) {
    return new TaskStarts(drafts, creation, jdbc, transaction, watch, ids, clock);
  }

  @Bean
  TaskRequests taskRequests(TaskDrafts drafts, TaskCreation creation) {
    return new TaskRequests(drafts, creation);
  }
}
