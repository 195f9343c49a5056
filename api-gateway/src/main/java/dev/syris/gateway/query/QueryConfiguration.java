package dev.syris.gateway.query;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The lists. */
@Configuration(proxyBeanMethods = false)
@Import(ReadController.class)
public class QueryConfiguration {

  @Bean
  Lists lists(JdbcClient jdbc) {
    return new Lists(jdbc);
  }
}
