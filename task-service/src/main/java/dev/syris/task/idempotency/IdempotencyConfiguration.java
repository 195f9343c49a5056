package dev.syris.task.idempotency;

import java.time.InstantSource;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Remembered answers, behind the filter that knows the caller. */
@Configuration(proxyBeanMethods = false)
public class IdempotencyConfiguration {

  @Bean
  FilterRegistrationBean<AnswerFilter> answerFilter(
      JdbcClient jdbc, TransactionTemplate transaction, InstantSource clock) {
    var registration =
        new FilterRegistrationBean<>(new AnswerFilter(new AnswerTable(jdbc), transaction, clock));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
    registration.addUrlPatterns("/*");
    return registration;
  }
}
