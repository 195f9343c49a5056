package dev.syris.task.approval;

import dev.syris.contracts.id.IdSource;
import dev.syris.platform.outbox.Outbox;
import dev.syris.task.TaskSettings;
import dev.syris.task.control.Controls;
import dev.syris.task.policy.Policies;
import dev.syris.task.tool.ToolRegistry;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Approvals and their addresses. */
@Configuration(proxyBeanMethods = false)
@Import(ApprovalController.class)
public class ApprovalConfiguration {

  @Bean
  Approvals approvals(JdbcClient jdbc) {
    return new Approvals(jdbc);
  }

  @Bean
  ApprovalCommands approvalCommands(
      JdbcClient jdbc,
      CallsInWaiting calls,
      TransactionTemplate transaction,
      Outbox outbox,
      ToolRegistry registry,
      Policies policies,
      IdSource ids,
      InstantSource clock) {
    return new ApprovalCommands(jdbc, calls, transaction, outbox, registry, policies, ids, clock);
  }

  @Bean
  Decider decider(ApprovalCommands commands) {
    return new DirectDecider(commands);
  }

  @Bean
  ApprovalLoop approvalLoop(
      ApprovalCommands commands, Controls controls, InstantSource clock, TaskSettings settings) {
    return new ApprovalLoop(commands, controls, clock, settings.poll());
  }
}
