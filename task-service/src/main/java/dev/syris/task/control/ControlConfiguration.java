package dev.syris.task.control;

import dev.syris.contracts.id.IdSource;
import dev.syris.platform.outbox.Outbox;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The controls and their addresses. */
@Configuration(proxyBeanMethods = false)
@Import(ControlController.class)
public class ControlConfiguration {

  @Bean
  Controls controls(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Outbox outbox,
      IdSource ids,
      InstantSource clock) {
    return new Controls(jdbc, transaction, outbox, ids, clock);
  }
}
