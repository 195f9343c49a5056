package dev.syris.gateway.rule;

import java.time.ZoneId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Questions about rules. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AskedAbout.class)
@Import(RuleController.class)
public class RuleConfiguration {

  @Bean
  RuleFacts ruleFacts(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      @Value("${syris.timezone:}") String timezone) {
    var reading = new TransactionTemplate(transactions);
    reading.setReadOnly(true);
    ZoneId zone = timezone.isBlank() ? ZoneId.systemDefault() : ZoneId.of(timezone);
    return new RuleFacts(jdbc, reading, zone);
  }
}
