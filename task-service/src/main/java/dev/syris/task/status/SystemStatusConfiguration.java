package dev.syris.task.status;

import dev.syris.platform.outbox.Outbox;
import dev.syris.task.TaskSettings;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** How the system fares, and who says so. */
@Configuration(proxyBeanMethods = false)
public class SystemStatusConfiguration {

  @Bean
  SystemStatusBook systemStatusBook(
      JdbcClient jdbc, TransactionTemplate transaction, Outbox outbox, InstantSource clock) {
    return new SystemStatusBook(jdbc, transaction, outbox, clock);
  }

  @Bean
  SystemStatusLoop systemStatusLoop(SystemStatusBook book, TaskSettings settings) {
    return new SystemStatusLoop(book, settings.poll());
  }
}
