package dev.syris.gateway.stream;

import dev.syris.gateway.query.Follow;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The live stream. */
@Configuration(proxyBeanMethods = false)
@Import(StreamController.class)
public class StreamConfiguration {

  @Bean
  Follow follow(JdbcClient jdbc) {
    return new Follow(jdbc);
  }

  @Bean
  AuditStream auditStream(Follow follow, Growth growth) {
    return new AuditStream(follow, growth);
  }

  @Bean
  StreamsEndFirst streamsEndFirst(AuditStream stream) {
    return new StreamsEndFirst(stream);
  }
}
