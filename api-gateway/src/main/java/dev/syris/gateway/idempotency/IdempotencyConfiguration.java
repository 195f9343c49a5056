package dev.syris.gateway.idempotency;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Remembered answers. */
@Configuration(proxyBeanMethods = false)
public class IdempotencyConfiguration {

  @Bean
  IdempotentAnswers idempotentAnswers(
      JdbcClient jdbc, TransactionTemplate transaction, InstantSource clock) {
    return new IdempotentAnswers(jdbc, transaction, clock);
  }
}
