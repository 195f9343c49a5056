package dev.syris.gateway.trace;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Traces. */
@Configuration(proxyBeanMethods = false)
@Import(TraceController.class)
public class TraceConfiguration {

  @Bean
  TraceReader traceReader(JdbcClient jdbc) {
    return new TraceReader(jdbc);
  }
}
