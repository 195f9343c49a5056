package dev.syris.ingest.idempotency;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The memory for requests with a key. */
@Configuration(proxyBeanMethods = false)
public class IdempotencyConfiguration {

  @Bean
  KnownRequests knownRequests(JdbcClient jdbc) {
    return new KnownRequests(jdbc);
  }

  @Bean
  InFlight inFlight() {
    return new InFlight();
  }

  @Bean(initMethod = "start")
  Forgetting forgetting(KnownRequests requests) {
    return new Forgetting(requests);
  }
}
