package dev.syris.platform.postgres;

import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One pool, one transaction manager, hand-written SQL. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PostgresSettings.class)
public class PostgresConfiguration {

  @Bean
  DataSource dataSource(PostgresSettings settings, Environment environment) {
    return settings.dataSource(environment.getProperty("spring.application.name", "syris"));
  }

  @Bean
  JdbcClient jdbcClient(DataSource dataSource) {
    return JdbcClient.create(dataSource);
  }

  @Bean
  JdbcTransactionManager transactionManager(DataSource dataSource) {
    return new JdbcTransactionManager(dataSource);
  }

  @Bean
  TransactionTemplate transactionTemplate(JdbcTransactionManager transactionManager) {
    return new TransactionTemplate(transactionManager);
  }
}
