package dev.syris.task.decide;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Links and their page. */
@Configuration(proxyBeanMethods = false)
@Import(DecideController.class)
public class DecideConfiguration {

  @Bean
  DecisionLinks decisionLinks(
      JdbcClient jdbc, TransactionTemplate transaction, InstantSource clock) {
    return new DecisionLinks(jdbc, transaction, clock);
  }
}
