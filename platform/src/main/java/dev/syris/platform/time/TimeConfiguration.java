package dev.syris.platform.time;

import dev.syris.contracts.id.IdSource;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The system clock and ids from it; tests put a manual clock in its place. */
@Configuration(proxyBeanMethods = false)
public class TimeConfiguration {

  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean
  IdSource idSource(InstantSource clock) {
    return new IdSource(clock, new SecureRandom());
  }
}
